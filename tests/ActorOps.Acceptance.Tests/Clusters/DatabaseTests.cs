using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>A database that goes, stands still, or is another one when it comes back.</summary>
[Trait("Needs", "Postgres")]
public class DatabaseTests
{
    [Theory]
    [InlineData("stop")]
    [InlineData("pause")]
    public async Task Without_the_database_trips_go_on_risk_stops_and_all_of_it_comes_back_by_itself(string how)
    {
        // The answer waits for the members for so long; on a busy machine one of them has needed more than 2 s.
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: true, "actorops.kill-switch.answer-within-ms=5000");
        cluster.StartDesk();
        await cluster.TradesAsync();
        if (how == "stop")
        {
            await cluster.Store.StopAsync("immediate");
        }
        else
        {
            await cluster.Store.SignalAsync("STOP");
        }

        var gone = BootClock.Now();
        var trip = await cluster.TripAsync(0, "strategy/without-store");
        Assert.False(trip.Durable);
        Assert.Empty(trip.Propagation.Missing);

        // Nobody can prove that he is a member: permits end with the trust, at every desk.
        await cluster.Desk.ExpectEventAsync(e => e.Name == "gate" && e.MonotonicNs > gone && e.Text("level") == "REDUCE_ONLY", TimeSpan.FromSeconds(15));
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.DoesNotContain(cluster.Events, e => e.IsIncreasingOrder && e.MonotonicNs > gone + 8_000_000_000);
        if (how == "stop")
        {
            await cluster.Store.StartAgainAsync();
        }
        else
        {
            await cluster.Store.SignalAsync("CONT");
        }

        await cluster.TradesAsync(BootClock.Now());
        await Waiting.For(async () => (await cluster.MembersAsync(0)).Count(member => member.State == "Up") == 3, TimeSpan.FromSeconds(40));
        await Waiting.For(async () => (await cluster.GrantsAsync(0, "singletons")).All(grant => grant.State == "Running"), TimeSpan.FromSeconds(20));
        Assert.Equal(["strategy/without-store"], (await cluster.KillSwitchAsync(1)).Trips.Select(standing => standing.Scope));
        await Waiting.For(async () => await StoredAsync(cluster, trip.TripId), TimeSpan.FromSeconds(10));
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_standby_that_takes_over_ends_every_epoch_and_what_may_be_lost_stops_the_firm(bool isSynchronous)
    {
        await using var cluster = await ClusterTrading.StartAsync(0);
        await using var standby = await cluster.Store.StartStandbyAsync();
        if (isSynchronous)
        {
            await cluster.Store.ReloadAsync("synchronous_standby_names=*", "synchronous_commit=on");
        }

        cluster.Connection = $"Host=127.0.0.1:{cluster.Store.Port},127.0.0.1:{standby.Port};Username=actorops;Database=cluster";
        for (var number = 1; number <= 3; number++)
        {
            cluster.AddNode(number);
        }

        await cluster.ReadyAsync();
        cluster.StartDesk();
        await cluster.TradesAsync();
        await cluster.TripAsync(0, "strategy/before");
        var before = await cluster.SingletonAsync(0, "kill-switch");
        await cluster.Store.StopAsync("immediate");
        var during = await cluster.TripAsync(1, "strategy/during");
        Assert.False(during.Durable);
        await standby.PromoteAsync();
        await Waiting.For(async () => await cluster.SingletonAsync(0, "kill-switch") is { State: "Running" } now && now.Epoch >> 32 > before.Epoch >> 32, TimeSpan.FromSeconds(30));

        // Trips survive by the latches, whatever the database remembers.
        await Waiting.For(async () => (await cluster.KillSwitchAsync(2)).Trips.Count(trip => trip.Scope is "strategy/before" or "strategy/during") == 2, TimeSpan.FromSeconds(10));
        var firm = (await cluster.KillSwitchAsync(2)).Trips.SingleOrDefault(trip => trip.Source == "store-failover");
        if (isSynchronous)
        {
            Assert.Null(firm);
            await cluster.TradesAsync(BootClock.Now());
        }
        else
        {
            Assert.Equal(("firm", "KILLED"), (firm!.Scope, firm.Level));
        }

        // What is decided from now on is known on every node, by the feed of another history than the one that they had followed.
        // While terms of the old generation end, a command may be answered with 503.
        await Waiting.For(async () => (await cluster.CliAsync(0, "access", "add", "late", "--person", "late-comer", "--role", "auditor", "--confirm", "late")).Code == 0, TimeSpan.FromSeconds(30));
        for (var via = 0; via < 3; via++)
        {
            await Waiting.For(async () => (await cluster.CliAsync(via, "access", "list")).Output.Contains("late", StringComparison.Ordinal));
        }

        cluster.Connection = $"Host=127.0.0.1:{standby.Port};Username=actorops;Database=cluster";
        await Waiting.For(async () => await StoredAsync(cluster, during.TripId), TimeSpan.FromSeconds(15));
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Fact]
    public async Task A_node_that_waits_for_its_journal_is_tripped_by_file_and_by_signal()
    {
        await using var cluster = await ClusterTrading.StartAsync(0, hasManagers: false);
        var node = cluster.AddNode(1);
        var latch = Path.Combine(node.Data, "trips.latch");
        await Waiting.For(() => File.Exists(latch), TimeSpan.FromSeconds(60));
        node.Process.Signal("USR1");
        await Waiting.For(() => File.Exists(Path.Combine(node.Data, "node.life")), TimeSpan.FromSeconds(60));
        await cluster.Store.SignalAsync("STOP");
        await File.WriteAllTextAsync(Path.Combine(node.Data, "KILL_SWITCH"), """{"scope":"symbol/by-file"}""");
        await Waiting.For(async () => (await File.ReadAllTextAsync(latch)).Contains("symbol/by-file", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Null(node.Endpoint);
        await Waiting.For(async () => (await File.ReadAllTextAsync(latch)).Contains("SIGUSR1", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        await cluster.Store.SignalAsync("CONT");
        await cluster.ReadyAsync();
        Assert.Equal(["firm", "symbol/by-file"], (await cluster.KillSwitchAsync(0)).Trips.Select(trip => trip.Scope).Order());
        await Waiting.For(async () => (await cluster.HistoryAsync()).Trips.Count == 2);
    }

    private static async Task<bool> StoredAsync(ClusterTrading cluster, Guid trip)
    {
        try
        {
            (await cluster.HistoryAsync()).Check([trip]);
            return true;
        }
        catch (Xunit.Sdk.TrueException)
        {
            return false;
        }
    }
}
