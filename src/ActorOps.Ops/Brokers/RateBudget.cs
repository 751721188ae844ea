using ActorOps.Kernel.Scheduling;

namespace ActorOps.Ops.Brokers;

/// <summary>
/// Calls that a broker allows in a minute, of which a part is kept for cancels: whatever else has asked too much, an emergency finds room. A bucket that
/// fills evenly; safe from any thread.
/// </summary>
public sealed class RateBudget
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _capacity;
    private readonly double _reserved;
    private double _left;
    private long _filledMs;

    /// <summary>A full bucket.</summary>
    /// <param name="perMinute">Calls a minute.</param>
    /// <param name="reservedShare">Share that only cancels may use, 0 to 1.</param>
    /// <param name="time">Clock.</param>
    public RateBudget(int perMinute, double reservedShare, TimeProvider time)
    {
        (_time, _capacity, _left) = (time, perMinute, perMinute);
        _reserved = perMinute * reservedShare;
        _filledMs = time.GetMilliseconds();
    }

    /// <summary>Takes one call. False: there is no room for it now.</summary>
    public bool TryTake(bool isCancel)
    {
        lock (_lock)
        {
            var now = _time.GetMilliseconds();
            _left = Math.Min(_capacity, _left + ((now - _filledMs) * _capacity / 60_000));
            _filledMs = now;
            if (_left - 1 < (isCancel ? 0 : _reserved))
            {
                return false;
            }

            _left--;
            return true;
        }
    }

    /// <summary>Waits for room and takes it.</summary>
    public async Task TakeAsync(bool isCancel, CancellationToken cancellation)
    {
        while (!TryTake(isCancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellation).ConfigureAwait(false);
        }
    }
}
