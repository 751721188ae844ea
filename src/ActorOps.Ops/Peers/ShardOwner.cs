namespace ActorOps.Ops.Peers;

/// <summary>Who has a shard.</summary>
/// <param name="Node">Its node.</param>
/// <param name="IsHere">That is this one.</param>
public sealed record ShardOwner(string Node, bool IsHere);
