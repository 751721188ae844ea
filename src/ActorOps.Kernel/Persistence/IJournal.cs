namespace ActorOps.Kernel.Persistence;

/// <summary>Ordered, durable events by stream, with one global feed. Safe from any thread.</summary>
public interface IJournal
{
    /// <summary>Stores one command's events; returns when they are durable.</summary>
    /// <exception cref="JournalUnavailableException">Nothing is known to be stored; a retry with the same command id is safe.</exception>
    ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default);

    /// <summary>A stream's events from a sequence number on, in order.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default);

    /// <summary>Events of all streams after a cursor, in commit order, at most <paramref name="limit"/>; a null cursor starts at the beginning.</summary>
    /// <exception cref="FormatException">The cursor is none of this store's.</exception>
    ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default);

    /// <summary>Cursor of the last event; null while there is none.</summary>
    ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default);

    /// <summary>Recomputes a stream's hash chain. Null when it holds, else the first sequence number that does not.</summary>
    ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default);
}
