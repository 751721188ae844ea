namespace ActorOps.Ops.Windows;

/// <summary>Sum over a sliding window, in buckets: exact to one bucket's length, memory bounded, empty until the first value.</summary>
internal sealed class SlidingSum(long bucketMs, int buckets)
{
    private double[]? _sums;
    private long _head;

    public double Total { get; private set; }

    public void Add(long nowMs, double value)
    {
        _sums ??= new double[buckets];
        Advance(nowMs);
        _sums[_head % buckets] += value;
        Total += value;
    }

    /// <summary>Lets go of what has left the window.</summary>
    public void Advance(long nowMs)
    {
        var head = nowMs / bucketMs;
        if (_sums is null || head <= _head)
        {
            _head = _sums is null ? head : _head;
            return;
        }

        for (var i = Math.Max(_head + 1, head - buckets + 1); i <= head; i++)
        {
            _sums[i % buckets] = 0;
        }

        _head = head;
        Total = _sums.Sum();
    }

    /// <summary>Weighs everything in the window differently.</summary>
    public void Scale(double factor)
    {
        for (var i = 0; i < (_sums?.Length ?? 0); i++)
        {
            _sums![i] *= factor;
        }

        Total *= factor;
    }

    public void Clear()
    {
        _sums = null;
        Total = 0;
    }

    /// <summary>Buckets from the newest back, for a checkpoint.</summary>
    public double[] Save() => _sums is null ? [] : [.. Enumerable.Range(0, buckets).Select(age => _sums[((_head - age) % buckets + buckets) % buckets])];

    /// <summary>Takes buckets back that are <paramref name="ageMs"/> older than when they were saved.</summary>
    public void Restore(double[] saved, long nowMs, long ageMs)
    {
        Clear();
        for (var age = saved.Length - 1; age >= 0; age--)
        {
            var at = nowMs - ageMs - (age * bucketMs);
            if (at > nowMs - (bucketMs * buckets) && saved[age] != 0 && double.IsFinite(saved[age]))
            {
                Add(Math.Max(0, at), saved[age]);
            }
        }

        Advance(nowMs);
    }
}
