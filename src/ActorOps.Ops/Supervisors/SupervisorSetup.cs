using ActorOps.Kernel.Actors;
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

    /// <summary>Supervisors of the scopes that contain a strategy.</summary>
    public IReadOnlyList<ActorRef> Above { get; init; } = [];
}
