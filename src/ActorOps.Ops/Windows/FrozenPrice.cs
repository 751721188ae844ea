namespace ActorOps.Ops.Windows;

/// <summary>For how long a feed has repeated one price. Fresh timestamps do not help a feed whose value does not move.</summary>
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
