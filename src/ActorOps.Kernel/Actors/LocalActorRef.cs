using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <remarks>Senders read the mailbox from here and not through the cell, whose memory the running actor writes to with each message.</remarks>
internal sealed class LocalActorRef(ActorCell cell, ActorPath path, Mailbox mailbox) : ActorRef
{
    public override ActorPath Path { get; } = path;

    public ActorCell Cell { get; } = cell;

    public override void Tell(object message, ActorRef sender)
    {
        ArgumentNullException.ThrowIfNull(message);
        mailbox.Post(new Envelope(Causality.IsInUse ? Causality.Mark(message) : message, sender));
    }

    public override ValueTask TellAsync(object message, ActorRef sender, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return mailbox.PostAsync(new Envelope(Causality.IsInUse ? Causality.Mark(message) : message, sender), cancellation);
    }

    /// <summary>The kernel's own word, without the causality of the moment.</summary>
    public void TellPromised(AutoReceivedMessage message, ActorRef sender) => mailbox.Post(new Envelope(message, sender));

    internal override void SendSystem(SystemMessage message) => mailbox.PostSystem(message);
}
