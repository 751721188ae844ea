namespace ActorOps.Ops.Windows;

/// <summary>How long one price has come again and again. Fresh timestamps do not help a feed whose value stands still.</summary>
internal sealed class FrozenPrice
{
    private double _price = double.NaN;
    private long _sinceMs;

    public int Updates { get; private set; }

    public void Add(long nowMs, double price)
    {
        if (price.Equals(_price))
        {
            Updates++;
            return;
        }

        (_price, _sinceMs, Updates) = (price, nowMs, 1);
    }

    /// <summary>Milliseconds since the value last changed.</summary>
    public long Age(long nowMs) => double.IsNaN(_price) ? 0 : nowMs - _sinceMs;
}
