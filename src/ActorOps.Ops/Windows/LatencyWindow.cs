namespace ActorOps.Ops.Windows;

/// <summary>95th percentile over a sliding window: ten slices of a logarithmic histogram (eight bins an octave from 1/16 ms, error below 5 %).</summary>
internal sealed class LatencyWindow(long windowMs)
{
    private const int Slices = 10;
    private const int Bins = 160;
    private const double Lowest = 1.0 / 16;
    private readonly long _sliceMs = Math.Max(1, windowMs / Slices);
    private ushort[]? _counts;
    private long _head;

    public void Add(long nowMs, double ms)
    {
        _counts ??= new ushort[Slices * Bins];
        Advance(nowMs);
        ref var count = ref _counts[((_head % Slices) * Bins) + Bin(ms)];
        count += (ushort)(count < ushort.MaxValue ? 1 : 0);
    }

    public (double Value, int Samples) Percentile95(long nowMs)
    {
        if (_counts is null)
        {
            return (double.NaN, 0);
        }

        Advance(nowMs);
        Span<int> totals = stackalloc int[Bins];
        totals.Clear();
        var samples = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            totals[i % Bins] += _counts[i];
            samples += _counts[i];
        }

        var rank = (int)Math.Ceiling(samples * 0.95);
        for (var bin = 0; bin < Bins; bin++)
        {
            if (rank <= totals[bin])
            {
                return (samples == 0 ? double.NaN : LowerEdge(bin) + ((LowerEdge(bin + 1) - LowerEdge(bin)) * rank / totals[bin]), samples);
            }

            rank -= totals[bin];
        }

        return (double.NaN, 0);
    }

    public void Clear() => _counts = null;

    private void Advance(long nowMs)
    {
        var head = nowMs / _sliceMs;
        for (var i = Math.Max(_head + 1, head - Slices + 1); i <= head; i++)
        {
            Array.Clear(_counts!, (int)(i % Slices) * Bins, Bins);
        }

        _head = Math.Max(_head, head);
    }

    private static int Bin(double ms) => ms <= Lowest ? 0 : Math.Min(Bins - 1, (int)(Math.Log2(ms / Lowest) * 8));

    private static double LowerEdge(int bin) => bin == 0 ? 0 : Lowest * Math.Pow(2, bin / 8.0);
}
