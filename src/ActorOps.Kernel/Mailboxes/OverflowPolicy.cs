namespace ActorOps.Kernel.Mailboxes;

/// <summary>What a full mailbox does with one more message. Control messages, timers, Terminated, reentries and poison pills are never refused or dropped for others, and take no room.</summary>
public enum OverflowPolicy
{
    /// <summary>The new message becomes a dead letter "mailbox full".</summary>
    DropNewest,

    /// <summary>The message that has waited longest becomes a dead letter "mailbox full", and the new one is queued.</summary>
    DropOldest,

    /// <summary>Tell throws <see cref="MailboxFullException"/> to the sender.</summary>
    Fail,

    /// <summary>TellAsync waits for room. A plain Tell cannot wait: its message becomes a dead letter "mailbox full".</summary>
    Backpressure,
}
