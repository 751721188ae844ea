using ActorOps.Ops.Signals;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Tests.Windows;

public class OrderBookTests
{
    private readonly OrderBook _book = new(3);

    [Fact]
    public void States_never_go_back()
    {
        Assert.NotNull(Report("o", OrderState.Pending, 0));
        Assert.NotNull(Report("o", OrderState.Acknowledged, 10));
        Assert.Null(Report("o", OrderState.Pending, 20));
        Assert.NotNull(Report("o", OrderState.Filled, 30));
        Assert.Equal(0, _book.OpenCount);
    }

    [Fact]
    public void The_oldest_waiting_order_counts_and_an_acknowledged_one_does_not()
    {
        Report("a", OrderState.Pending, 0);
        Report("b", OrderState.Pending, 5000);
        Assert.Equal((9000, "a"), _book.OldestPending(9000));
        Report("a", OrderState.Acknowledged, 9000);
        Assert.Equal((5000, "b"), _book.OldestPending(10_000));
    }

    [Fact]
    public void Too_many_open_orders_forget_the_oldest_and_say_so()
    {
        foreach (var id in (string[])["a", "b", "c", "d"])
        {
            Report(id, OrderState.Pending, id[0]);
        }

        Assert.Equal((3, 1), (_book.OpenCount, _book.Forgotten));
    }

    private OpenOrder? Report(string id, OrderState state, long atMs) =>
        _book.Apply(new Signal { Type = SignalType.Order, OrderState = state, Quantity = 10, ReceivedMs = atMs, Detail = new SignalDetail(id) });
}
