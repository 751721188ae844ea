namespace ActorOps.Ops.Supervisors;

/// <summary>Nothing of the shard runs here any more.</summary>
internal sealed record ShardGiven(string Shard);
