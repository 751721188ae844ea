using ActorOps.Kernel;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Rules;

namespace ActorOps.Ops;

/// <summary>What every node knows of the journal: one projection a stream, each with the board that shows it.</summary>
internal sealed class OpsProjections
{
    private readonly Dictionary<string, Projection<RecentEscalations, EscalationEvent>> _escalations = [];
    private readonly EscalationBoard _board;

    public OpsProjections(ActorSystem system, KillSwitchServices killSwitch, AccessBoard access, DeskRegistry registry, ActiveFeeds feeds, EscalationBoard escalations)
    {
        _board = escalations;
        KillSwitch = killSwitch;
        Access = new("access", AccessState.Empty, new(AccessJson.Default.AccessEvent), AccessState.Apply) { Changed = (_, state) => access.Replace(state.Principals.Values) };
        Desks = new("desks", DeskRegistryState.Empty, new(DeskJson.Default.DeskEvent), DeskRegistryState.Apply)
        {
            Changed = (_, state) =>
            {
                registry.Replace(state);
                system.EventStream.Publish(new DesksChanged());
            },
        };
        Feeds = new("feeds", FeedState.Empty, new(FeedJson.Default.FeedEvent), FeedState.Apply) { Changed = (_, state) => feeds.Replace(state.Active) };
    }

    public KillSwitchServices KillSwitch { get; }

    public Projection<AccessState, AccessEvent> Access { get; }

    public Projection<DeskRegistryState, DeskEvent> Desks { get; }

    public Projection<FeedState, FeedEvent> Feeds { get; }

    public Projection<LimitsState, LimitsEvent> Limits { get; } = new("limits", LimitsState.Empty, new(LimitsJson.Default.LimitsEvent), LimitsState.Apply);

    public Projection<ProcedureState, ProcedureEvent> Procedures { get; } = new("procedures", ProcedureState.Empty, new(ProcedureJson.Default.ProcedureEvent), ProcedureState.Apply);

    /// <summary>The safety of it all first.</summary>
    public IReadOnlyList<IProjection> All
    {
        get
        {
            lock (_escalations)
            {
                return [KillSwitch.Trips, KillSwitch.Decisions, Access, Desks, Feeds, Limits, Procedures, .. _escalations.Values];
            }
        }
    }

    /// <summary>The escalations of a region.</summary>
    public Projection<RecentEscalations, EscalationEvent> Escalations(string region)
    {
        lock (_escalations)
        {
            if (!_escalations.TryGetValue(region, out var projection))
            {
                projection = new($"escalations-{region}", RecentEscalations.None, new(EscalationJson.Default.EscalationEvent), RecentEscalations.Apply) { Changed = (_, state) => _board.Replace(region, state) };
                _escalations.Add(region, projection);
            }

            return projection;
        }
    }

    /// <summary>The projection of a stream; null when none is kept. A region that was not known until now gets one.</summary>
    public IProjection? Find(string stream) =>
        stream.StartsWith("escalations-", StringComparison.Ordinal) ? Escalations(stream["escalations-".Length..]) : All.FirstOrDefault(projection => projection.Stream == stream);
}
