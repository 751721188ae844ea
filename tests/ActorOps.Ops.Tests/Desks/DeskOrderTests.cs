using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Tests.Desks;

public class DeskOrderTests
{
    private static readonly Desk Desk = OpsHarness.Desk with { Components = ["db", "cache"] };

    [Fact]
    public void The_order_of_a_registrations_lists_says_nothing() => Assert.True(DeskOrder.Same(Desk, Desk with
    {
        Accounts = [.. Desk.Accounts.Reverse()],
        Strategies = [.. Desk.Strategies.Reverse()],
        Feeds = [.. Desk.Feeds.Reverse()],
        Brokers = [.. Desk.Brokers.Reverse()],
        Components = [.. Desk.Components.Reverse()],
    }));

    [Fact]
    public void Another_figure_or_name_is_another_registration()
    {
        Assert.False(DeskOrder.Same(Desk, Desk with { Aum = Desk.Aum + 1 }));
        Assert.False(DeskOrder.Same(Desk, Desk with { Components = ["db"] }));
        Assert.False(DeskOrder.Same(Desk, Desk with { Strategies = [Desk.Strategies[0] with { Model = "n" }, Desk.Strategies[1]] }));
    }
}
