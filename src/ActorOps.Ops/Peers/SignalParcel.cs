namespace ActorOps.Ops.Peers;

/// <summary>Lines of one sender for the targets of one shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Desk">Only desk whose targets they may speak of; null: any.</param>
/// <param name="Principal">Number of the sender.</param>
/// <param name="Lines">NDJSON, each line with its end.</param>
public sealed record SignalParcel(string Shard, string? Desk, int Principal, ReadOnlyMemory<byte> Lines);
