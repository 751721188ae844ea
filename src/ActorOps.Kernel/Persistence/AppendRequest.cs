namespace ActorOps.Kernel.Persistence;

/// <summary>One command's events and messages, stored all or not at all.</summary>
/// <param name="Stream">The entity.</param>
/// <param name="ExpectedSequenceNumber">Sequence number of the stream's last event as the writer knows it; 0 for a new stream.</param>
/// <param name="Token">Right to write; checked in the same transaction. Null only for records that must never be fenced, such as trips.</param>
/// <param name="CommandId">Unique a command: a repeated append of the same id stores nothing and answers as the first did.</param>
/// <param name="Entries">One or more events.</param>
public sealed record AppendRequest(
    string Stream,
    long ExpectedSequenceNumber,
    FencingToken? Token,
    Guid CommandId,
    IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>Trace of the cause.</summary>
    public string? TraceId { get; init; }

    /// <summary>Marks everything as part of a drill.</summary>
    public bool Drill { get; init; }

    /// <summary>Messages that leave only if the events are stored.</summary>
    public IReadOnlyList<OutboxMessage> Outbox { get; init; } = [];
}
