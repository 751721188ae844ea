using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Supervision;

/// <summary>The whole supervision decision: the decider's word, bounded by what each child has used of its restarts.</summary>
internal sealed class SupervisionLedger(TimeProvider time)
{
    private readonly Dictionary<ActorRef, Queue<long>> _restarts = [];

    public Decision Decide(SupervisorStrategy strategy, ActorRef child, Exception reason)
    {
        var directive = strategy.Decider(reason);
        if (directive != Directive.Restart)
        {
            return new Decision(directive, TimeSpan.Zero);
        }

        if (!_restarts.TryGetValue(child, out var recent))
        {
            _restarts.Add(child, recent = new Queue<long>());
        }

        var now = time.GetTimestamp();
        while (recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > strategy.Window)
        {
            recent.Dequeue();
        }

        if (recent.Count >= strategy.MaxRestarts)
        {
            strategy.Exhausted?.Invoke(child, reason);
            return new Decision(strategy.OnExhausted, TimeSpan.Zero);
        }

        recent.Enqueue(now);
        return new Decision(Directive.Restart, strategy.Backoff.DelayFor(recent.Count, Random.Shared.NextDouble()));
    }

    public void Forget(ActorRef child) => _restarts.Remove(child);
}
