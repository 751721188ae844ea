using ActorOps.Kernel.Actors;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Supervisors;

/// <summary>What supervisors act with.</summary>
internal sealed record SupervisorServices(KillSwitch KillSwitch, KillSwitchBoard Board, DeskRegistry Registry, SupervisorBoard Summaries, RuleOptions Options)
{
    public required ActiveFeeds ActiveFeeds { get; init; }

    public required ActorRef FeedSwitch { get; init; }

    public required ActorRef Escalations { get; init; }

    /// <summary>Starts the rollback of a loss; null: rollbacks are not automatic.</summary>
    public Action<Trip>? Rollback { get; init; }

    public required ActorRef Checkpoints { get; init; }

    public required IPeers Peers { get; init; }

    public required SupervisionReports Reports { get; init; }
}
