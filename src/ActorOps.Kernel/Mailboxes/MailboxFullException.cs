using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>A mailbox with <see cref="OverflowPolicy.Fail"/> had no room: the message was not queued.</summary>
public sealed class MailboxFullException(ActorPath actor, int capacity) : InvalidOperationException($"The mailbox of {actor} is full: {capacity} messages wait.")
{
    /// <summary>Whose mailbox.</summary>
    public ActorPath Actor { get; } = actor;
}
