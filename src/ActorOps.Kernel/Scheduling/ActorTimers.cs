using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Scheduling;

/// <summary>
/// Named timers of one actor. A timer that was replaced or cancelled is never delivered, even when its message was queued already. Timers fire
/// past the limit of a bounded mailbox.
/// </summary>
public sealed class ActorTimers
{
    private readonly TimeProvider _time;
    private readonly LocalActorRef _self;
    private readonly Dictionary<object, Entry> _entries = [];
    private long _generation;

    internal ActorTimers(TimeProvider time, LocalActorRef self) => (_time, _self) = (time, self);

    /// <summary>Tells the actor once, after the delay. Replaces a timer of the same key.</summary>
    public void StartSingle(object key, object message, TimeSpan delay) => Start(key, message, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Tells the actor after each interval, at a fixed rate: an actor that was busy finds every missed one. Replaces a timer of the same key.</summary>
    public void StartPeriodic(object key, object message, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(key, message, interval, interval);
    }

    /// <summary>True while a timer of this key is to fire.</summary>
    public bool IsActive(object key) => _entries.ContainsKey(key);

    /// <summary>Cancels the timer of this key, if there is one.</summary>
    public void Cancel(object key)
    {
        if (_entries.Remove(key, out var entry))
        {
            entry.Timer.Dispose();
        }
    }

    /// <summary>Cancels every timer.</summary>
    public void CancelAll()
    {
        foreach (var entry in _entries.Values)
        {
            entry.Timer.Dispose();
        }

        _entries.Clear();
    }

    internal bool Take(AutoReceivedMessage.TimerFired fired)
    {
        if (!_entries.TryGetValue(fired.Key, out var entry) || entry.Generation != fired.Generation)
        {
            return false;
        }

        if (!entry.Periodic)
        {
            Cancel(fired.Key);
        }

        return true;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan period)
    {
        Cancel(key);
        var fired = new AutoReceivedMessage.TimerFired(key, ++_generation, message);
        var timer = _time.CreateTimer(static state => { var (self, fired) = ((LocalActorRef, AutoReceivedMessage.TimerFired))state!; self.TellPromised(fired, ActorRef.NoSender); }, (_self, fired), delay, period);
        _entries[key] = new Entry(timer, fired.Generation, period != Timeout.InfiniteTimeSpan);
    }

    private sealed record Entry(ITimer Timer, long Generation, bool Periodic);
}
