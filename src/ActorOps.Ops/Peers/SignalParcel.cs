namespace ActorOps.Ops.Peers;

/// <summary>Lines of one sender for the targets of one shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Sender">Who sent them, and when.</param>
/// <param name="Lines">NDJSON, each line with its end.</param>
public sealed record SignalParcel(string Shard, SignalSender Sender, ReadOnlyMemory<byte> Lines);
