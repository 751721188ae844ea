namespace ActorOps.Kernel.Persistence;

/// <summary>An event as it stands in the journal.</summary>
/// <param name="Cursor">Opaque place in the global feed.</param>
/// <param name="Stream">The entity it belongs to.</param>
/// <param name="SequenceNumber">Its place in the stream, from 1, without gaps.</param>
/// <param name="Epoch">Epoch of the writer.</param>
/// <param name="Kind">Stable wire name.</param>
/// <param name="Payload">JSON text.</param>
/// <param name="CommandId">The command that caused it.</param>
/// <param name="Ordinal">Its place among that command's events, from 0.</param>
/// <param name="TraceId">Trace of the cause, if there was one.</param>
/// <param name="Drill">Written in a drill.</param>
/// <param name="At">Store time of the append.</param>
public sealed record JournalRecord(
    string Cursor,
    string Stream,
    long SequenceNumber,
    long Epoch,
    string Kind,
    string Payload,
    Guid CommandId,
    int Ordinal,
    string? TraceId,
    bool Drill,
    DateTimeOffset At);
