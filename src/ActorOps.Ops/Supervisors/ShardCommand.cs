using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Supervisors;

/// <summary>What a host of shards is asked.</summary>
internal abstract record ShardCommand
{
    /// <summary>Supervise a shard's targets from now on, under this right.</summary>
    public sealed record Take(FencingToken Token) : ShardCommand;

    /// <summary>Stop it; answered by <see cref="ShardGiven"/> once nothing of it runs and its checkpoints are written.</summary>
    public sealed record Give(string Shard) : ShardCommand;

    /// <summary>Answered with itself once every earlier message has been handled.</summary>
    public sealed record Sync : ShardCommand;
}
