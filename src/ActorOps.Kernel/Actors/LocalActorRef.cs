using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

internal sealed class LocalActorRef(ActorCell cell, ActorPath path) : ActorRef
{
    public override ActorPath Path { get; } = path;

    public ActorCell Cell { get; } = cell;

    public override void Tell(object message, ActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        Cell.Mailbox.Post(new Envelope(message, sender));
    }

    internal override void SendSystem(SystemMessage message) => Cell.Mailbox.PostSystem(message);
}
