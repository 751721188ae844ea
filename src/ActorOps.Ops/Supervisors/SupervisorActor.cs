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
    private readonly CheckpointNumbers _numbers = new(setup.Token);
    private UnknownHold _hold = null!;
    private IReadOnlyList<ScopeRoute> _above = setup.Above;
    private readonly AutomaticResponses _responses = new(setup, services);
    private const long CheckpointEveryMs = 60_000;
    private Verdict _verdict = Verdict.Unknown;
    private long _lastCheckpointMs;

    private long NowMs => Context.System.TimeProvider.GetMilliseconds();

    private long WallMs => Context.System.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    protected override ValueTask PreStart()
    {
        if (setup.Checkpoint is { } checkpoint && Context.Restarts == 0)
        {
            _monitor.Restore(checkpoint, NowMs, WallMs);
        }
        else
        {
            services.Checkpoints.Tell(new CheckpointCommand.Load([setup.Target]), Self);
        }

        // A checkpoint is at most a minute old, and a takeover takes seconds: what is older says nothing about now.
        var isResumed = setup.Checkpoint is { WasKnown: true } known && WallMs - known.SavedAtMs < CheckpointEveryMs + services.Options.EvaluationGrace.TotalMilliseconds;
        _hold = new UnknownHold(setup, services, isResumed);
        _lastCheckpointMs = NowMs;
        _hold.Evaluate(_monitor, NowMs, Context.System.TimeProvider.GetUtcNow());
        Publish();
        Drain();
        return default;
    }

    protected override ValueTask PostStop()
    {
        SaveCheckpoint();
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
            case SupervisorCommand.SetAum aum when _monitor is StrategyMonitor strategy:
                strategy.SetAum(aum.Aum);
                break;
            case SupervisorCommand.Gap:
                _monitor.OnGap(NowMs);
                break;
            case SupervisorCommand.Inspect:
                Sender.Tell(new SupervisorDetail(Summary(), [.. _monitor.Rules.Select(rule => rule.Read())], Context.Restarts, _monitor.Dropped, _monitor.Skewed));
                break;
            case SupervisorCommand.SetAbove above:
                _above = above.Above;
                break;
            case CheckpointsLoaded loaded:
                if (loaded.Checkpoints.TryGetValue(setup.Target, out var saved))
                {
                    _monitor.Restore(saved, NowMs, WallMs);
                }

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
        foreach (var cause in cleared.Causes.Where(cause => cause is { Origin: TripOrigin.Rule, Rule: not null } && cause.Cause == setup.Target.ToString()))
        {
            _monitor.Rebase(cause.Rule!);
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
            foreach (var route in _above)
            {
                route.To.Tell(route.IsHere
                    ? new SupervisorCommand.Contribute(setup.Target.Id, contribution.Day, contribution.Cumulative, at)
                    : new ContributeTo(route.Scope, setup.Target.Id, contribution.Day, contribution.Cumulative, NowMs - at));
            }
        }
    }

    private void Tick()
    {
        var now = NowMs;
        _monitor.Tick(now, _outcomes);
        Act();
        _hold.Evaluate(_monitor, now, Context.System.TimeProvider.GetUtcNow());
        _responses.Insist(_monitor, now, Context.System);
        Publish();
        if (now - _lastCheckpointMs >= CheckpointEveryMs || _monitor is StrategyMonitor { HasNewPeak: true })
        {
            _lastCheckpointMs = now;
            SaveCheckpoint();
        }
    }

    /// <summary>Also for a target whose monitor has nothing to keep: its next supervisor needs to know that it was known.</summary>
    private void SaveCheckpoint()
    {
        if (_monitor.LastSignalMs is not null)
        {
            var checkpoint = _monitor.Save(NowMs, WallMs) ?? new MonitorCheckpoint { SavedAtMs = WallMs };
            services.Checkpoints.Tell(new CheckpointCommand.Save(setup.Target, checkpoint with { WasKnown = _monitor.Verdict != Verdict.Unknown }, _numbers.Next()));
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
            setup.Verdicts.Tell(new SupervisionEvent.VerdictChanged(setup.Target.ToString(), _verdict.ToString(), _monitor.Verdict.ToString(), reasons, Context.System.TimeProvider.GetUtcNow()));
            if (_verdict == Verdict.Unknown)
            {
                // It is known from now on, and its next supervisor should know that.
                SaveCheckpoint();
            }

            _verdict = _monitor.Verdict;
            Publish();
        }
    }

    private void Publish() => services.Summaries.Put(Summary());

    private SupervisorSummary Summary() => new(setup.Target, setup.Desk?.Id, setup.Path, _monitor.Verdict, [.. _monitor.Reasons], _monitor.LastSignalMs);

    internal static string Describe(RuleReading reading) => RuleText.Of(reading);
}
