using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors;

/// <summary>What one supervisor is made of. Everything but the monitor outlives a restart.</summary>
internal sealed record SupervisorSetup(TargetId Target, Desk? Desk, string Path, SignalInbox Inbox, Func<TargetMonitor> Monitor)
{
    /// <summary>Scope whose state counts for the target, and which its trips name; null: none.</summary>
    public Scope? Scope { get; init; }

    /// <summary>The shard's right, which numbers its checkpoints.</summary>
    public required FencingToken Token { get; init; }

    /// <summary>Who journals its verdicts.</summary>
    public required ActorRef Verdicts { get; init; }

    /// <summary>What another instance knew, here or elsewhere; null: nothing.</summary>
    public MonitorCheckpoint? Checkpoint { get; init; }

    /// <summary>Scopes that contain a strategy, with the way to their supervisors.</summary>
    public IReadOnlyList<ScopeRoute> Above { get; init; } = [];
}
