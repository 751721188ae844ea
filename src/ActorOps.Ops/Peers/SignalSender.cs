namespace ActorOps.Ops.Peers;

/// <summary>What the node that received lines tells the one that supervises their targets of who sent them.</summary>
/// <param name="Desk">Only desk whose targets they may speak of; null: any.</param>
/// <param name="Principal">Number of the sender.</param>
/// <param name="ReceivedAtMs">When the first node received them, Unix ms; null: it did not say. A shard's move may hold them up after that.</param>
/// <param name="ClockAheadMs">How far the sender's clock is ahead, ms; null: it did not say.</param>
public sealed record SignalSender(string? Desk, int Principal, long? ReceivedAtMs, long? ClockAheadMs);
