namespace ActorOps.TestKit;

/// <summary>A clock that stands still until told: timers fire inside <see cref="Advance"/>, in order of their due time, then of their start.</summary>
public sealed class VirtualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<VirtualTimer> _timers = new(Comparer<VirtualTimer>.Create(static (x, y) => x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Number.CompareTo(y.Number)));
    private DateTimeOffset _now = start;
    private long _numbers;

    public VirtualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 5, 14, 30, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (AdvanceToNext(end))
        {
        }
    }

    /// <summary>Moves to the next due time up to the end and fires what is due there first. False: nothing was due, and the end is reached.</summary>
    public bool AdvanceToNext(DateTimeOffset end)
    {
        VirtualTimer? due;
        lock (_lock)
        {
            due = _timers.Min is { } first && first.Due <= end ? first : null;
            _now = due is null ? end : due.Due > _now ? due.Due : _now;
            due?.Reschedule();
        }

        due?.Fire();
        return due is not null;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public long Number { get; private set; }

        public void Fire() => callback(state);

        public void Reschedule()
        {
            owner._timers.Remove(this);
            if (_period > TimeSpan.Zero)
            {
                Due += _period;
                owner._timers.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    (Due, _period, Number) = (owner._now + dueTime, period, ++owner._numbers);
                    owner._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
