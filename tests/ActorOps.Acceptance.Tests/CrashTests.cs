using System.Globalization;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests;

public class CrashTests
{
    [Fact]
    public async Task A_desk_whose_node_was_killed_stops_adding_risk_within_its_permit_and_resumes_with_the_node()
    {
        await using var trading = new Trading();
        await trading.StartAsync([], "--speed", "20");
        await trading.TradesAsync();
        var before = BootNanoseconds();
        await trading.Node.KillAsync();
        var expired = await trading.EventAsync(e => e.Name == "gate" && e.Text("cause") == "no-permit" && e.MonotonicNs > before);
        Assert.InRange((expired.MonotonicNs - before) / 1e9, 0, 3.5);
        await trading.EventAsync(e => e.Name == "order-blocked" && e.MonotonicNs > expired.MonotonicNs);
        // Ten seconds after the permit's end the desk cancels its own open orders that add risk.
        await trading.EventAsync(e => e.Name == "control" && e.Text("kind") == "isolated");
        var isolatedUntil = BootNanoseconds();
        Assert.DoesNotContain(trading.Events, e => e.IsIncreasingOrder && e.MonotonicNs > before + 3_100_000_000 && e.MonotonicNs < isolatedUntil);
        await trading.StartNodeAsync();
        await trading.EventAsync(e => e.IsIncreasingOrder && e.MonotonicNs > isolatedUntil);
    }

    [Fact]
    public async Task A_paused_node_gives_no_stale_permits_when_it_wakes()
    {
        await using var trading = new Trading();
        await trading.StartAsync([], "--speed", "20");
        await trading.TradesAsync();
        var before = BootNanoseconds();
        trading.Node.Signal("STOP");
        var expired = await trading.EventAsync(e => e.Name == "gate" && e.Text("cause") == "no-permit" && e.MonotonicNs > before);
        // One more echo was sent into the pause, up to a second after the last answered one. The desk gives it up after two and calls anew.
        await Waiting.For(() => BootNanoseconds() > expired.MonotonicNs + 2_000_000_000);
        var woken = BootNanoseconds();
        trading.Node.Signal("CONT");
        // Only what was asked after the pause may open a gate: such a permit ends three seconds after it was asked for.
        var opened = await trading.EventAsync(e => e.Name == "gate" && e.Text("cause") != "no-permit" && e.MonotonicNs > woken);
        var ends = long.Parse(opened.Text("permitEndsNs")!, CultureInfo.InvariantCulture);
        Assert.True(ends >= woken + 3_000_000_000, $"a permit asked for {(woken + 3_000_000_000 - ends) / 1_000_000} ms before the end of the pause opened the gate");
        Assert.DoesNotContain(trading.Events, e => e.IsIncreasingOrder && e.MonotonicNs > woken && e.MonotonicNs < opened.MonotonicNs);
        await trading.EventAsync(e => e.IsIncreasingOrder && e.MonotonicNs > opened.MonotonicNs);
    }

    /// <summary>It finds requests that were given up, those that repeat them, and shards that it has to take anew.</summary>
    [Fact]
    public async Task A_node_that_stood_still_for_longer_than_its_lease_counts_what_its_desk_had_to_say_once_and_in_order()
    {
        await using var trading = new Trading();
        await trading.StartAsync([], "--speed", "20");
        await trading.TradesAsync();
        trading.Node.Signal("STOP");
        await Task.Delay(TimeSpan.FromSeconds(7));
        var woken = BootNanoseconds();
        trading.Node.Signal("CONT");
        await trading.EventAsync(e => e.IsIncreasingOrder && e.MonotonicNs > woken);
        using var client = trading.Admin;
        var views = (await client.GetAsync("api/v1/supervisors?limit=1000", WireJson.Default.ItemsViewSupervisorView)).Items;
        Assert.True(views.Count >= 5);
        foreach (var view in views)
        {
            var detail = await client.GetAsync($"api/v1/supervisors/{view.Kind}/{view.Id}", WireJson.Default.SupervisorDetailView);
            Assert.Equal((view.Path, 0, 0), (view.Path, detail.DroppedSignals, detail.SkewedSignals));
        }
    }

    [Fact]
    public async Task A_killed_desk_is_missed_by_its_supervisors_within_the_limits()
    {
        await using var trading = new Trading();
        await trading.StartAsync([], "--speed", "20");
        await trading.TradesAsync();
        await trading.Desk.KillAsync();
        await trading.Node.ExpectAsync("strategy/momentum            Healthy -> Unknown", TimeSpan.FromSeconds(15));
        await trading.Node.ExpectAsync("broker/paper-broker          Warning -> Critical", TimeSpan.FromSeconds(20));
        using var client = trading.Admin;
        var status = await client.GetAsync("api/v1/status", WireJson.Default.StatusView);
        Assert.False(status.Desks.Single().Connected);
        Assert.Equal("degraded", status.Node.State);
    }

    [Fact]
    public async Task Every_acknowledged_trip_stands_after_kill_minus_nine_at_any_moment()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ACTOROPS_SEED"), out var given) ? given : Random.Shared.Next();
        await CrashRounds.RunAsync(rounds: 3, seed);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Every_acknowledged_trip_stands_over_many_rounds()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("ACTOROPS_SOAK_ROUNDS"), out var rounds))
        {
            await CrashRounds.RunAsync(rounds, Random.Shared.Next());
        }
    }

    private static long BootNanoseconds() => Client.Gates.BootClock.Now();
}
