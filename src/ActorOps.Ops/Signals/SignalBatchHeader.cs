namespace ActorOps.Ops.Signals;

/// <summary>What a sender says of a batch beside its lines.</summary>
/// <param name="Session">Its <c>ActorOps-Session</c>; null: repeats and gaps cannot be recognised.</param>
/// <param name="FirstLine">Number of the first line in that session, 0 or more (<c>ActorOps-Sequence</c>).</param>
/// <param name="SentAt">Its clock when it sent them (<c>ActorOps-Sent</c>); null: old lines cannot be told from a clock that is behind.</param>
public sealed record SignalBatchHeader(string? Session = null, long FirstLine = 0, DateTimeOffset? SentAt = null);
