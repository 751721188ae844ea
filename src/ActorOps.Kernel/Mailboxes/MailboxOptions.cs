namespace ActorOps.Kernel.Mailboxes;

/// <summary>Shape of a mailbox.</summary>
public sealed record MailboxOptions
{
    /// <summary>No limit; memory is the limit.</summary>
    public static MailboxOptions Unbounded { get; } = new();

    /// <summary>Most user messages that wait at once, 1 or more; null (default): no limit. System messages, and what <see cref="OverflowPolicy"/> excepts, are never limited.</summary>
    public int? Capacity
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1);
            field = value;
        }
    }

    /// <summary>What happens past the capacity.</summary>
    public OverflowPolicy Overflow { get; init; }

    /// <summary>True: <see cref="IControlMessage"/>s have a lane of their own ahead of the other user messages, without limit.</summary>
    public bool ControlLane { get; init; }

    /// <summary>User messages handled before other actors get the thread, 1 or more; default 300. Smaller is fairer, larger is faster.</summary>
    public int Throughput
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 300;

    /// <summary>At most <paramref name="capacity"/> waiting user messages.</summary>
    public static MailboxOptions Bounded(int capacity, OverflowPolicy overflow = OverflowPolicy.DropNewest) => new() { Capacity = capacity, Overflow = overflow };
}
