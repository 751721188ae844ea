using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Tests.Windows;

public class SlippageWindowTests
{
    [Fact]
    public void The_ratio_is_of_the_sums_and_old_fills_leave()
    {
        var window = new SlippageWindow(50, 3_600_000, 0.1);
        window.Add(0, 30, 1, 1000);
        window.Add(4_000_000, 3, 1, 1000);
        Assert.Equal(3, window.Ratio(4_000_000), 9);
        Assert.Equal(1, window.Samples);
    }

    [Fact]
    public void A_simulation_that_costs_nothing_does_not_make_any_tick_infinite()
    {
        var window = new SlippageWindow(50, 3_600_000, 0.1);
        window.Add(0, 0.01, 0, 1000);
        Assert.Equal(1, window.Ratio(0), 9);
    }
}
