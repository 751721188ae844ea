using ActorOps.Client.Gates;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Running;

/// <summary>Sends orders through the gate and follows them to their end.</summary>
internal sealed class OrderDesk(DeskState state, TradingGate gate)
{
    private int _orders;

    /// <summary>Check, record and send are one step under the lock: the log shows an order before the closing of the gate, or not at all.</summary>
    public void Trade(Strategy strategy, int signedQuantity, decimal price, TimeSpan now)
    {
        lock (state.Sending)
        {
            strategy.Route ??= gate.Route(strategy.Id, "SPY");
            var intent = new OrderIntent(strategy.Route, signedQuantity, strategy.Book.Quantity, OpenSameSide(strategy, signedQuantity), (double)price);
            var after = strategy.Book.Quantity + OpenSameSide(strategy, signedQuantity) + signedQuantity;
            var increasing = !(Math.Abs(after) < Math.Abs(strategy.Book.Quantity) && (after == 0 || Math.Sign(after) == Math.Sign(strategy.Book.Quantity)));
            var id = $"{strategy.Id}-{++_orders}";
            var decision = gate.Check(intent);
            var side = signedQuantity > 0 ? "buy" : "sell";
            if (decision != GateDecision.Allowed)
            {
                state.Log.Write("order-blocked", null, ("orderId", id), ("strategy", strategy.Id), ("symbol", "SPY"), ("side", side), ("qty", Math.Abs(signedQuantity)), ("increasing", increasing), ("why", decision));
                return;
            }

            if (!state.Broker.IsUp)
            {
                // A desk knows that its session is down: nothing is sent into it, so the session's own rule sees it first.
                state.Log.Write("order-rejected", null, ("orderId", id), ("why", "session down"));
                return;
            }

            var order = new PaperOrder(id, strategy, signedQuantity, price, increasing, state.Clock.UtcNow);
            state.Log.Write("order-sent", null, ("orderId", id), ("strategy", strategy.Id), ("symbol", "SPY"), ("side", side), ("qty", Math.Abs(signedQuantity)), ("increasing", increasing), ("epoch", gate.Epoch));
            if (!state.Broker.Send(order, now))
            {
                order.State = "rejected";
                state.Log.Write("order-rejected", null, ("orderId", id), ("why", "session down"));
                return;
            }

            strategy.Orders++;
            strategy.Book.OpenQuantity += signedQuantity;
            state.Signals.Order(order, state.Broker.Id);
        }
    }

    /// <summary>Takes in what the broker says.</summary>
    public void Follow(TimeSpan now, decimal price)
    {
        lock (state.Sending)
        {
            foreach (var (order, fill) in state.Broker.Step(now, price))
            {
                if (fill is not null)
                {
                    order.Strategy.Fills++;
                    order.Strategy.Book.Fill(fill.SignedQuantity, fill.Price, fill.Fee);
                    order.Strategy.Book.OpenQuantity -= fill.SignedQuantity;
                    state.Signals.Fill(fill, state.Broker.Id);
                    state.Log.Write("fill", null, ("fillId", fill.FillId), ("orderId", order.Id), ("strategy", order.Strategy.Id), ("qty", fill.SignedQuantity), ("price", fill.Price), ("position", order.Strategy.Book.Quantity));
                }

                if (order.State is "canceled" or "rejected")
                {
                    order.Strategy.Book.OpenQuantity -= order.Remaining;
                    state.Log.Write($"order-{order.State}", null, ("orderId", order.Id), ("strategy", order.Strategy.Id), ("qty", Math.Abs(order.Remaining)));
                }

                state.Signals.Order(order, state.Broker.Id);
            }
        }
    }

    /// <summary>Asks the broker to cancel the open orders that fit; how many.</summary>
    public int Cancel(Func<PaperOrder, bool> fits)
    {
        lock (state.Sending)
        {
            var orders = state.Broker.Working.Where(order => !order.CancelRequested && fits(order)).ToList();
            foreach (var order in orders)
            {
                state.Broker.Cancel(order, state.Clock.Now);
            }

            return orders.Count;
        }
    }

    /// <summary>What a strategy may do now, in a word; without a live permit that is never ACTIVE.</summary>
    public string GateOf(Strategy strategy)
    {
        var level = gate.Route(strategy.Id, "SPY").Level;
        return gate.HasPermit || level > TradingLevel.ReduceOnly ? level.ToWire() : "REDUCE_ONLY (no permit)";
    }

    private int OpenSameSide(Strategy strategy, int signedQuantity) =>
        state.Broker.Working.Where(order => ReferenceEquals(order.Strategy, strategy) && Math.Sign(order.Remaining) == Math.Sign(signedQuantity)).Sum(order => order.Remaining);
}
