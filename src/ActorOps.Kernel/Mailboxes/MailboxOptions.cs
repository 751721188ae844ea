namespace ActorOps.Kernel.Mailboxes;

/// <summary>Shape of a mailbox.</summary>
/// <param name="Capacity">Most user messages that wait at once, 1 or more; null: no limit. One past it becomes a dead letter "mailbox full".</param>
/// <param name="Throughput">User messages handled before other actors get the thread, 1 or more.</param>
public sealed record MailboxOptions(int? Capacity, int Throughput = 100)
{
    /// <summary>No limit; memory is the limit.</summary>
    public static MailboxOptions Unbounded { get; } = new((int?)null);

    /// <summary>At most <paramref name="capacity"/> waiting user messages. System messages are never limited.</summary>
    public static MailboxOptions Bounded(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return new MailboxOptions(capacity);
    }
}
