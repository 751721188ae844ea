using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors.Responses;

/// <summary>
/// Holds what cannot be judged. From a cold start at once, later after the grace; a broker whose session is down at CANCEL_ONLY. Lifts
/// automatically after some healthy time. Derived from the present; its beginning and end are journalled. Takes over what an earlier instance held.
/// </summary>
internal sealed class UnknownHold
{
    private readonly SupervisorSetup _setup;
    private readonly SupervisorServices _services;
    private readonly string _cause;
    private readonly HashSet<Scope> _held;
    private bool _everKnown;
    private long? _badSinceMs;
    private long? _goodSinceMs;

    /// <param name="setup">The target.</param>
    /// <param name="services">The board.</param>
    /// <param name="isResumed">Another instance knew the target a moment ago: this is a move or a restart, and no cold start.</param>
    public UnknownHold(SupervisorSetup setup, SupervisorServices services, bool isResumed)
    {
        (_setup, _services, _cause) = (setup, services, setup.Target.ToString());
        _held = [.. services.Board.LocalHolds.Where(hold => hold.Cause == _cause).Select(hold => hold.Scope)];

        // A target that is held anywhere was unknown to its holder, and stays unknown here until it is known.
        _everKnown = isResumed && _held.Count == 0 && !services.Board.IsHeld(_cause);
    }

    public void Evaluate(TargetMonitor monitor, long nowMs, DateTimeOffset at)
    {
        var (level, grace) = Wanted(monitor);
        if (level == TradingState.Active)
        {
            _everKnown = true;
            _badSinceMs = null;
            _goodSinceMs ??= nowMs;
            if (_held.Count > 0 && nowMs - _goodSinceMs >= _services.Options.HoldRelease.TotalMilliseconds)
            {
                Apply([], level, at, string.Empty);
            }

            return;
        }

        _goodSinceMs = null;
        _badSinceMs ??= nowMs;
        if (!_everKnown || nowMs - _badSinceMs >= grace.TotalMilliseconds)
        {
            Apply(Scopes(), level, at, monitor.Reasons.FirstOrDefault() is { } reason ? RuleText.Of(reason) : "unknown");
        }
    }

    private (TradingState Level, TimeSpan Grace) Wanted(TargetMonitor monitor) =>
        _setup.Target.Kind == Desks.TargetKind.Broker && monitor.Rules.Any(rule => rule is { Name: RuleNames.SessionHeartbeat, Level: RuleLevel.Critical })
            ? (TradingState.CancelOnly, _services.Options.DownGrace)
            : monitor.Verdict == Verdict.Unknown ? (TradingState.ReduceOnly, _services.Options.EvaluationGrace)
            : (TradingState.Active, TimeSpan.Zero);

    /// <summary>A feed holds the strategies that use it now; a component holds nothing, because nothing says which scopes need it.</summary>
    private IEnumerable<Scope> Scopes() => _setup.Target.Kind switch
    {
        Desks.TargetKind.Feed => FeedUsers.Of(_setup.Target, _setup.Desk!, _services).Select(strategy => Scope.Strategy(strategy.Id)),
        Desks.TargetKind.Component => [],
        _ => _setup.Scope is null ? [] : [_setup.Scope],
    };

    private void Apply(IEnumerable<Scope> wanted, TradingState level, DateTimeOffset at, string why)
    {
        var scopes = wanted.ToHashSet();
        foreach (var scope in scopes)
        {
            _services.Board.Hold(scope, _cause, level, at, why);
        }

        foreach (var scope in _held.Except(scopes))
        {
            _services.Board.Lift(scope, _cause);
        }

        _held.Clear();
        _held.UnionWith(scopes);
    }
}
