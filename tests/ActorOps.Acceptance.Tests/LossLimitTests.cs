using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

public class LossLimitTests
{
    /// <summary>A generated day always; a recorded one too where ACTOROPS_TEST_TICKS names its file.</summary>
    public static TheoryData<string[]> Days =>
    [
        ["--day", "--seed", "7"],
        .. Environment.GetEnvironmentVariable("ACTOROPS_TEST_TICKS") is { } path && File.Exists(path) ? (string[][])[["--ticks", path]] : [],
    ];

    [Theory]
    [MemberData(nameof(Days))]
    public async Task On_a_market_day_a_loss_trips_its_strategy_and_no_order_that_adds_risk_leaves_after_the_gate_closed(string[] market)
    {
        await using var trading = new Trading();
        await trading.StartAsync([], [.. market, "--speed", "60"]);
        await trading.EventAsync(e => e.IsIncreasingOrder && e.Text("strategy") == "momentum");
        await RiskTrading.PostAsync((await trading.EventAsync(e => e.Name == "started")).Text("control")!, "/faults?spec=loss-shock:momentum");
        var closed = await trading.GateAsync("momentum", "KILLED");
        // The other strategy keeps trading: three more orders of it show that the desk is alive.
        await Waiting.For(() => trading.Events.Count(e => e.Name == "order-sent" && e.MonotonicNs > closed.MonotonicNs && e.Text("strategy") == "mean-reversion") >= 3, TimeSpan.FromSeconds(60));
        Assert.DoesNotContain(trading.Events, e => e.IsIncreasingOrder && e.Text("strategy") == "momentum" && e.MonotonicNs > closed.MonotonicNs);
        var killSwitch = await trading.KillSwitchAsync();
        Assert.Contains(killSwitch.Trips, trip => trip is { Scope: "strategy/momentum", Level: "KILLED", Source: "rule:hourly-pnl", Cause: "strategy/momentum" });
        Assert.True(File.Exists(Path.Combine(trading.Data, "KILL_SWITCH")));
    }
}
