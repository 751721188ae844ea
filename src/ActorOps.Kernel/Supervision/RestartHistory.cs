namespace ActorOps.Kernel.Supervision;

/// <summary>Restarts of one child, of a family that is treated alike, or of a stream.</summary>
internal sealed class RestartHistory(TimeProvider time)
{
    private readonly Queue<long> _recent = new();
    private long _last;
    private int _inARow;

    /// <summary>Notes one more restart and says how long to wait for it; null when there were <paramref name="most"/> within the window already.</summary>
    public TimeSpan? TryAdd(int most, TimeSpan window, Backoff backoff)
    {
        var now = time.GetTimestamp();
        while (_recent.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > window)
        {
            _recent.Dequeue();
        }

        if (_recent.Count >= most)
        {
            return null;
        }

        if (most != int.MaxValue)
        {
            _recent.Enqueue(now);
        }

        var healthy = _inARow > 0 && time.GetElapsedTime(_last, now) >= (backoff.ResetAfter ?? window);
        _inARow = healthy ? 1 : _inARow + 1;
        var delay = backoff.DelayFor(_inARow, Random.Shared.NextDouble());
        _last = now + (long)(delay.TotalSeconds * time.TimestampFrequency);
        return delay;
    }
}
