using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Windows;

/// <summary>Open orders of a target, bounded. States never go back; a late or repeated report changes nothing.</summary>
internal sealed class OrderBook(int capacity)
{
    private readonly Dictionary<string, OpenOrder> _open = new(StringComparer.Ordinal);

    public int OpenCount => _open.Count;

    /// <summary>Orders forgotten because too many were open.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Applies a report; the order when it took effect, else null. A final order is in no book afterwards.</summary>
    public OpenOrder? Apply(in Signal signal)
    {
        var id = signal.Detail!.Id;
        if (!_open.TryGetValue(id, out var order))
        {
            if (signal.OrderState.IsFinal() && signal.OrderState != OrderState.Rejected)
            {
                // The end of an order whose beginning was never seen says how it ended and nothing about how long it took.
                return new OpenOrder(id, signal.Quantity, signal.ReceivedMs) { State = signal.OrderState, Filled = signal.OrderState == OrderState.Filled ? signal.Quantity : 0 };
            }

            MakeRoom();
            _open.Add(id, order = new OpenOrder(id, signal.Quantity, signal.ReceivedMs));
        }
        else if (signal.OrderState < order.State || (signal.OrderState == order.State && !order.State.IsPending()))
        {
            return null;
        }

        if (signal.OrderState != order.State)
        {
            order.SinceMs = signal.ReceivedMs;
        }

        order.State = signal.OrderState;
        if (order.State.IsFinal())
        {
            order.Filled = order.State == OrderState.Filled ? order.Quantity : order.Filled;
            _open.Remove(id);
        }

        return order;
    }

    public void Fill(string orderId, double quantity)
    {
        if (_open.TryGetValue(orderId, out var order))
        {
            order.Filled = Math.Min(order.Quantity, order.Filled + quantity);
        }
    }

    /// <summary>Age of the oldest order that waits for the other side's word; 0 when none does.</summary>
    public (long AgeMs, string? Id) OldestPending(long nowMs)
    {
        var oldest = _open.Values.Where(order => order.State.IsPending()).MinBy(order => order.SinceMs);
        return oldest is null ? (0, null) : (nowMs - oldest.SinceMs, oldest.Id);
    }

    private void MakeRoom()
    {
        if (_open.Count >= capacity)
        {
            _open.Remove(_open.Values.MinBy(order => order.SinceMs)!.Id);
            Forgotten++;
        }
    }
}
