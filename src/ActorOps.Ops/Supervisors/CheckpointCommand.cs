using ActorOps.Ops.Desks;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors;

/// <summary>What the checkpoint keeper is asked.</summary>
internal abstract record CheckpointCommand
{
    /// <summary>Keep this.</summary>
    public sealed record Save(TargetId Target, MonitorCheckpoint Checkpoint) : CheckpointCommand;

    /// <summary>Tell the sender what was kept, as <see cref="SupervisorCommand.Restore"/>, if anything was.</summary>
    public sealed record Load(TargetId Target) : CheckpointCommand;

    /// <summary>Write what has gathered.</summary>
    public sealed record Flush : CheckpointCommand;
}
