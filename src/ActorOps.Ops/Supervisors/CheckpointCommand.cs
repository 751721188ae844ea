using ActorOps.Ops.Desks;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors;

/// <summary>What the checkpoint keeper is asked.</summary>
internal abstract record CheckpointCommand
{
    /// <summary>Keep this. The highest number of a target wins, from any writer.</summary>
    public sealed record Save(TargetId Target, MonitorCheckpoint Checkpoint, long Number) : CheckpointCommand;

    /// <summary>Tell the sender what is kept of these, as <see cref="CheckpointsLoaded"/>.</summary>
    public sealed record Load(IReadOnlyList<TargetId> Targets) : CheckpointCommand;

    /// <summary>Write what has gathered; the sender is answered by the same message.</summary>
    public sealed record Flush : CheckpointCommand;
}
