namespace ActorOps.Kernel.Persistence;

/// <summary>State of an entity at a sequence number.</summary>
/// <param name="Key">Stream or other key.</param>
/// <param name="SequenceNumber">Last event it contains; for soft state any growing number.</param>
/// <param name="Payload">JSON text.</param>
public sealed record Snapshot(string Key, long SequenceNumber, string Payload);
