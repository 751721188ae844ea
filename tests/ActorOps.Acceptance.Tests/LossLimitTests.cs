using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

public class LossLimitTests
{
    [TicksFact]
    public Task On_a_recorded_market_day_a_loss_trips_its_strategy_and_no_order_that_adds_risk_leaves_after_the_gate_closed() =>
        Run("--ticks", TicksFactAttribute.Path!, "--speed", "60");

    [Fact]
    public Task In_a_generated_market_too() => Run("--seed", "7", "--speed", "20");

    private static async Task Run(params string[] market)
    {
        await using var trading = new Trading();
        await trading.StartAsync([], [.. market, "--fault", "loss-shock:momentum@12s"]);
        await trading.TradesAsync();
        var closed = await trading.GateAsync("momentum", "KILLED");
        // The other strategy goes on: three more orders of it show that the desk still trades.
        await Waiting.For(() => trading.Events.Count(e => e.Name == "order-sent" && e.MonotonicNs > closed.MonotonicNs && e.Text("strategy") == "mean-reversion") >= 3, TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(trading.Events, e => e.IsIncreasingOrder && e.Text("strategy") == "momentum" && e.MonotonicNs > closed.MonotonicNs);
        Assert.Contains(trading.Events, e => e.Name == "order-sent" && e.Text("strategy") == "momentum" && e.MonotonicNs < closed.MonotonicNs);
        var killSwitch = await trading.KillSwitchAsync();
        Assert.Contains(killSwitch.Trips, trip => trip is { Scope: "strategy/momentum", Level: "KILLED", Source: "rule:hourly-pnl", Cause: "strategy/momentum" });
        Assert.True(File.Exists(Path.Combine(trading.Data, "KILL_SWITCH")));
    }
}
