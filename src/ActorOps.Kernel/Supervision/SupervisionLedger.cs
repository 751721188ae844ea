using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Supervision;

/// <summary>
/// The whole supervision decision: the decider's word, bounded by what the child (or, all for one, the family) has used of its restarts,
/// put off by the backoff and by what the whole system has used of its budget.
/// </summary>
internal sealed class SupervisionLedger(TimeProvider time, RestartBudget budget)
{
    private readonly Dictionary<ActorRef, RestartHistory> _histories = [];
    private readonly RestartHistory _family = new(time);
    private readonly Dictionary<ActorRef, ITimer> _postponed = [];
    private readonly Lock _lock = new();
    private ActorRef? _familyWaitsFor;

    public Decision Decide(SupervisorStrategy strategy, ActorRef child, Exception reason)
    {
        if (_familyWaitsFor is not null && _postponed.ContainsKey(_familyWaitsFor))
        {
            return new Decision(Directive.Restart, TimeSpan.Zero, Everyone: true, AlreadyUnderWay: true);
        }

        var directive = strategy.Decider(reason);
        if (directive == Directive.Restart)
        {
            var history = strategy.TreatsAllAlike ? _family : HistoryOf(child);
            if (history.TryAdd(strategy.MaxRestarts, strategy.Window, strategy.Backoff) is { } delay)
            {
                var turn = budget.Reserve();
                return new Decision(Directive.Restart, turn > delay ? turn : delay, strategy.TreatsAllAlike);
            }

            strategy.Exhausted?.Invoke(child, reason);
            directive = strategy.OnExhausted;
        }

        return new Decision(directive, TimeSpan.Zero, strategy.TreatsAllAlike && directive == Directive.Stop);
    }

    /// <summary>Restarts later. A child that stops first takes its timer with it.</summary>
    public void Postpone(ActorRef child, Decision decision, Action restart)
    {
        _familyWaitsFor = decision.Everyone ? child : _familyWaitsFor;
        var timer = time.CreateTimer(_ => RestartNow(child, restart), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_lock)
        {
            _postponed[child] = timer;
        }

        timer.Change(decision.Delay, Timeout.InfiniteTimeSpan);
    }

    public void Forget(ActorRef child)
    {
        _histories.Remove(child);
        Take(child)?.Dispose();
    }

    public void CancelAll()
    {
        lock (_lock)
        {
            foreach (var timer in _postponed.Values)
            {
                timer.Dispose();
            }

            _postponed.Clear();
        }
    }

    private void RestartNow(ActorRef child, Action restart)
    {
        if (Take(child) is { } timer)
        {
            timer.Dispose();
            restart();
        }
    }

    private ITimer? Take(ActorRef child)
    {
        lock (_lock)
        {
            return _postponed.Remove(child, out var timer) ? timer : null;
        }
    }

    private RestartHistory HistoryOf(ActorRef child)
    {
        if (!_histories.TryGetValue(child, out var history))
        {
            _histories.Add(child, history = new RestartHistory(time));
        }

        return history;
    }
}
