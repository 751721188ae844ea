using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Asking;

/// <summary>A question reached nobody: the actor has stopped, its mailbox is full, or it does not know the message. Nobody has acted on it.</summary>
public sealed class UndeliveredException(ActorPath target, Type message, string reason)
    : InvalidOperationException($"{message.Name} did not reach {target}: {reason}.")
{
    /// <summary>Who was asked.</summary>
    public ActorPath Target { get; } = target;

    /// <summary>Why: stopped, mailbox full, unhandled.</summary>
    public string Reason { get; } = reason;
}
