using ActorOps.Ops.Desks;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors;

/// <summary>What is kept; targets without anything are left out.</summary>
internal sealed record CheckpointsLoaded(IReadOnlyDictionary<TargetId, MonitorCheckpoint> Checkpoints);
