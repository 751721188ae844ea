namespace ActorOps.Kernel.Supervision;

/// <summary>Restarts of one child, or of a family that is treated alike.</summary>
internal sealed class RestartHistory
{
    private readonly Queue<long> _recent = new();
    private long _last;

    /// <summary>Failures since the last healthy time.</summary>
    public int InARow { get; private set; }

    /// <summary>True, and noted, when the strategy allows one more restart now.</summary>
    public bool TryAdd(SupervisorStrategy strategy, TimeProvider time)
    {
        var now = time.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > strategy.Window)
        {
            _recent.Dequeue();
        }

        if (_recent.Count >= strategy.MaxRestarts)
        {
            return false;
        }

        var healthy = InARow > 0 && time.GetElapsedTime(_last, now) >= (strategy.Backoff.ResetAfter ?? strategy.Window);
        InARow = healthy ? 1 : InARow + 1;
        if (strategy.MaxRestarts != int.MaxValue)
        {
            _recent.Enqueue(now);
        }

        return true;
    }

    /// <summary>Healthy time counts from when the restart takes place.</summary>
    public void RestartsAt(TimeProvider time, TimeSpan delay) => _last = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
}
