using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Windows;

internal sealed class OpenOrder(string id, double quantity, long sinceMs)
{
    public string Id { get; } = id;

    public double Quantity { get; } = quantity;

    public double Filled { get; set; }

    public OrderState State { get; set; }

    public long SinceMs { get; set; } = sinceMs;
}
