using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;
using ActorOps.Ops.Supervisors.Responses;

namespace ActorOps.Ops.Supervisors;

/// <summary>Watches one target: signals into the monitor, outcomes to the automatic responses, verdict changes to the record.</summary>
internal sealed class SupervisorActor(SupervisorSetup setup, SupervisorServices services) : Actor
{
    private readonly TargetMonitor _monitor = setup.Monitor();
    private readonly List<RuleOutcome> _outcomes = [];
    private readonly UnknownHold _hold = new(setup, services);
    private readonly AutomaticResponses _responses = new(setup, services);
    private Verdict _verdict = Verdict.Unknown;
    private long _lastCheckpointMs;

    private long NowMs => Context.System.TimeProvider.GetMilliseconds();

    private long WallMs => Context.System.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    protected override ValueTask PreStart()
    {
        services.Checkpoints.Tell(new CheckpointCommand.Load(setup.Target), Self);
        Publish();
        _hold.Evaluate(_monitor, NowMs);
        Drain();
        return default;
    }

    protected override ValueTask Receive(object message)
    {
        switch (message)
        {
            case SupervisorCommand.Drain:
                Drain();
                break;
            case SupervisorCommand.Tick:
                Tick();
                break;
            case SupervisorCommand.Contribute contribution when _monitor is ScopeMonitor scope:
                scope.Contribute(contribution.Strategy, contribution.Day, contribution.Cumulative, contribution.AtMs, _outcomes);
                Act();
                break;
            case SupervisorCommand.SetMembers members when _monitor is ScopeMonitor scope:
                scope.SetMembers(members.Aum, members.Strategies);
                break;
            case SupervisorCommand.Gap:
                _monitor.OnGap(NowMs);
                break;
            case SupervisorCommand.Inspect:
                Sender.Tell(new SupervisorDetail(Summary(), [.. _monitor.Rules.Select(rule => rule.Read())], Context.Restarts, _monitor.Dropped, _monitor.Skewed));
                break;
            case SupervisorCommand.Restore restore:
                _monitor.Restore(restore.Checkpoint, NowMs, WallMs);
                break;
            case TripsCleared cleared:
                Rebase(cleared);
                break;
            default:
                Unhandled(message);
                break;
        }

        return default;
    }

    private void Rebase(TripsCleared cleared)
    {
        foreach (var trip in cleared.Trips.Where(trip => trip.Cause == setup.Target.ToString() && trip.Source.StartsWith("rule:", StringComparison.Ordinal)))
        {
            _monitor.Rebase(trip.Source["rule:".Length..]);
        }
    }

    private void Drain()
    {
        _monitor.ScopeState = setup.Scope is null ? default : services.Board.Current.Over(setup.Scope).Level;
        var signals = setup.Inbox.Take();
        if (signals.Count == 0)
        {
            return;
        }

        foreach (ref readonly var signal in signals.AsSpan())
        {
            _monitor.On(signal, _outcomes);
        }

        SignalInbox.Return(signals);
        Act();

        // One turn, one batch: under a flood the timer, resets and questions still get theirs.
        Self.Tell(SupervisorCommand.Drain.Instance);

        if (_monitor is StrategyMonitor { Contribution: { } contribution, LastSignalMs: { } at })
        {
            foreach (var scope in setup.Above)
            {
                scope.Tell(new SupervisorCommand.Contribute(setup.Target.Id, contribution.Day, contribution.Cumulative, at), Self);
            }
        }
    }

    private void Tick()
    {
        var now = NowMs;
        _monitor.Tick(now, _outcomes);
        Act();
        _hold.Evaluate(_monitor, now);
        _responses.Insist(_monitor, now, Context.System);
        Publish();
        if (now - _lastCheckpointMs >= 60_000 || _monitor is StrategyMonitor { HasNewPeak: true })
        {
            _lastCheckpointMs = now;
            if (_monitor.Save(now, WallMs) is { } checkpoint)
            {
                services.Checkpoints.Tell(new CheckpointCommand.Save(setup.Target, checkpoint));
            }
        }
    }

    private void Act()
    {
        foreach (var outcome in _outcomes)
        {
            _responses.Respond(outcome, Context.System);
        }

        _outcomes.Clear();
        if (_monitor.Verdict != _verdict)
        {
            var reasons = _monitor.Reasons.Select(Describe).ToList();
            services.Verdicts.Tell(new SupervisionEvent.VerdictChanged(setup.Target.ToString(), _verdict.ToString(), _monitor.Verdict.ToString(), reasons, Context.System.TimeProvider.GetUtcNow()));
            _verdict = _monitor.Verdict;
            Publish();
        }
    }

    private void Publish() => services.Summaries.Put(Summary());

    private SupervisorSummary Summary() => new(setup.Target, setup.Desk?.Id, setup.Path, _monitor.Verdict, [.. _monitor.Reasons], _monitor.LastSignalMs);

    internal static string Describe(RuleReading reading) => reading.Level == RuleLevel.Unknown
        ? $"{reading.Rule}: {reading.Note}"
        : $"{reading.Rule} {reading.Value:0.###} past {reading.Threshold:0.###}{(reading.WindowMs > 0 ? $" over {TimeSpan.FromMilliseconds(reading.WindowMs)}" : string.Empty)}";
}
