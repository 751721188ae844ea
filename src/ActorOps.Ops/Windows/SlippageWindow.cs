namespace ActorOps.Ops.Windows;

/// <summary>Cost of the last fills against the simulated cost of the same fills, in price times quantity, positive when it hurt.</summary>
internal sealed class SlippageWindow(int capacity, long windowMs, double floorBasisPoints)
{
    private readonly Queue<(long AtMs, double Realised, double Simulated, double Notional)> _fills = [];

    public int Samples => _fills.Count;

    public void Add(long nowMs, double realised, double simulated, double notional)
    {
        _fills.Enqueue((nowMs, realised, simulated, notional));
        if (_fills.Count > capacity)
        {
            _fills.Dequeue();
        }
    }

    /// <summary>
    /// Realised over simulated. The simulated cost counts as at least the floor (basis points of the notional): where the simulation says
    /// "free", any tick would be an infinite ratio. NaN when that leaves nothing to divide by and something was paid.
    /// </summary>
    public double Ratio(long nowMs)
    {
        while (_fills.TryPeek(out var oldest) && nowMs - oldest.AtMs > windowMs)
        {
            _fills.Dequeue();
        }

        var realised = _fills.Sum(fill => fill.Realised);
        var simulated = Math.Max(_fills.Sum(fill => fill.Simulated), _fills.Sum(fill => fill.Notional) * floorBasisPoints / 10_000);
        return simulated > 0 ? Math.Max(0, realised) / simulated : realised <= 0 ? 0 : double.NaN;
    }

    public void Clear() => _fills.Clear();
}
