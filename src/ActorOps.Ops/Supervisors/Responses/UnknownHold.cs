using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors.Responses;

/// <summary>
/// Holds what cannot be judged. From a cold start at once, later after the grace; a broker whose session is down at CANCEL_ONLY. Lifts by
/// itself after some healthy time. Derived from the present: nothing of it is recorded.
/// </summary>
internal sealed class UnknownHold(SupervisorSetup setup, SupervisorServices services)
{
    private readonly string _cause = setup.Target.ToString();
    private readonly HashSet<Scope> _held = [];
    private bool _everKnown;
    private long? _badSinceMs;
    private long? _goodSinceMs;

    public void Evaluate(TargetMonitor monitor, long nowMs)
    {
        var (level, grace) = Wanted(monitor);
        if (level == TradingState.Active)
        {
            _everKnown = true;
            _badSinceMs = null;
            _goodSinceMs ??= nowMs;
            if (_held.Count > 0 && nowMs - _goodSinceMs >= services.Options.HoldRelease.TotalMilliseconds)
            {
                Apply([], level);
            }

            return;
        }

        _goodSinceMs = null;
        _badSinceMs ??= nowMs;
        if (!_everKnown || nowMs - _badSinceMs >= grace.TotalMilliseconds)
        {
            Apply(Scopes(), level);
        }
    }

    private (TradingState Level, TimeSpan Grace) Wanted(TargetMonitor monitor) =>
        setup.Target.Kind == TargetKind.Broker && monitor.Rules.Any(rule => rule is { Name: RuleNames.SessionHeartbeat, Level: RuleLevel.Critical })
            ? (TradingState.CancelOnly, services.Options.DownGrace)
            : monitor.Verdict == Verdict.Unknown ? (TradingState.ReduceOnly, services.Options.EvaluationGrace)
            : (TradingState.Active, TimeSpan.Zero);

    /// <summary>A feed holds the strategies that use it now; a component nobody, since nothing says who needs it.</summary>
    private IEnumerable<Scope> Scopes() => setup.Target.Kind switch
    {
        TargetKind.Feed => FeedUsers.Of(setup, services).Select(strategy => Scope.Strategy(strategy.Id)),
        TargetKind.Component => [],
        _ => setup.Scope is null ? [] : [setup.Scope],
    };

    private void Apply(IEnumerable<Scope> wanted, TradingState level)
    {
        var scopes = wanted.ToHashSet();
        foreach (var scope in scopes)
        {
            services.Board.Hold(scope, _cause, level);
        }

        foreach (var scope in _held.Except(scopes))
        {
            services.Board.Lift(scope, _cause);
        }

        _held.Clear();
        _held.UnionWith(scopes);
    }
}
