using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

internal readonly record struct Envelope(object Message, ActorRef Sender)
{
    /// <summary>The kernel promises to deliver it: no mailbox refuses it or drops it for another.</summary>
    public bool IsPromised => Message is AutoReceivedMessage { IsPromised: true };
}
