using ActorOps.Kernel.Events;

namespace ActorOps.Kernel.Asking;

/// <summary>A sender that waits for a reply.</summary>
internal interface IPromise
{
    void OnUndelivered(DeadLetter letter);
}
