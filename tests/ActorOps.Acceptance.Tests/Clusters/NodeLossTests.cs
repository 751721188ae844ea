using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Nodes that die, with and without somebody who can prove it.</summary>
[Trait("Needs", "Postgres")]
public class NodeLossTests
{
    [Fact]
    public async Task A_node_that_is_killed_loses_nothing_and_its_work_goes_on_elsewhere_at_once()
    {
        await using var cluster = await ClusterTrading.StartAsync(3);
        cluster.StartDesk();
        await cluster.TradesAsync();
        await cluster.SupervisedAsync(0);
        for (var i = 0; i < 6; i++)
        {
            await cluster.TripAsync(i % 3, $"strategy/other-{i}");
        }

        var holder = (await cluster.SingletonAsync(0, "kill-switch")).Node;
        var witness = cluster.Other(holder);
        var before = await cluster.SingletonAsync(witness, "kill-switch");
        var killedAt = BootClock.Now();
        cluster.NodeOf(holder).Signal("KILL");
        await Waiting.For(async () => await cluster.SingletonAsync(witness, "kill-switch") is { State: "Running" } now && now.Node != holder && now.Epoch > before.Epoch, TimeSpan.FromSeconds(8));
        await cluster.TripAsync(witness, "strategy/after");
        using (var admin = cluster.Admin(witness))
        {
            var trips = (await cluster.KillSwitchAsync(witness)).Trips;
            Assert.Equal(cluster.Acknowledged.Keys.Order(), trips.Select(trip => trip.TripId).Order());
            Assert.Equal(7, trips.Count);
            var reset = await admin.PostAsync("api/v1/kill-switch/resets", new ResetBody([trips[0].TripId], "r", "c"), WireJson.Default.ResetBody, WireJson.Default.ResetView, "reset-1");
            Assert.Equal(trips[0].TripId, Assert.Single(reset.TripIds));
        }

        // Its manager starts it again: a new life of the same node, at the same address.
        await Waiting.For(async () => (await cluster.MembersAsync(witness)).Single(member => member.Node == holder) is { State: "Up", Incarnation: 2 }, TimeSpan.FromSeconds(30));
        await cluster.TradesAsync(killedAt + 3_000_000_000);
        // Watched again, all of them; what was lost on the way with the node may show as a gap for a minute.
        await cluster.SupervisedAsync(witness, seconds: 30);
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Fact]
    public async Task A_node_that_dies_without_a_witness_is_replaced_when_its_lease_has_run_out()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false);
        cluster.StartDesk();
        await cluster.TradesAsync();
        var holder = (await cluster.SingletonAsync(0, "kill-switch")).Node;
        var witness = cluster.Other(holder);
        await cluster.NodeOf(holder).Process.KillAsync();
        var started = BootClock.Now();

        // A trip needs nobody: while the dead node still counts as a member, the answer names it as missing.
        var trip = await cluster.TripAsync(witness, "strategy/during");
        Assert.Equal([holder], trip.Propagation.Missing);
        Assert.True(trip.Durable);
        await Waiting.For(async () => await cluster.SingletonAsync(witness, "kill-switch") is { State: "Running" } now && now.Node != holder, TimeSpan.FromSeconds(12));
        Assert.True(BootClock.Now() - started > 2_000_000_000, "nobody may take over before the lease has run out");
        Assert.Equal("Down", (await cluster.MembersAsync(witness)).Single(member => member.Node == holder).State);
        await Waiting.For(async () => (await cluster.GrantsAsync(witness, "shards")).All(shard => shard.Node != holder && shard.State == "Running"), TimeSpan.FromSeconds(10));
        await cluster.TradesAsync(BootClock.Now());
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Fact]
    public async Task Every_node_restarts_in_turn_and_no_target_is_left_without_a_supervisor()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false, ClusterTrading.Steady);
        cluster.StartDesk();
        await cluster.SupervisedAsync(0, atLeast: 9);
        using var stop = new CancellationTokenSource();
        var gaps = WatchAsync(cluster, stop.Token);
        foreach (var node in cluster.Nodes.ToList())
        {
            var via = cluster.Other(node.Name);
            node.Process.Signal("TERM");
            Assert.Equal(0, await node.Process.WaitAsync());
            // Others see it with their next view. Had it died instead, it would be Down, and only after its lease.
            await Waiting.For(async () => (await cluster.MembersAsync(via)).Single(member => member.Node == node.Name).State == "Removed", TimeSpan.FromSeconds(3));
            await cluster.TripAsync(via, $"strategy/while-{node.Name}");
            cluster.Restart(node);
            await Waiting.For(async () => node.Endpoint is not null && (await cluster.MembersAsync(via)).Count(member => member.State == "Up") == 3, TimeSpan.FromSeconds(40));
        }

        await stop.CancelAsync();
        var (looks, longest) = await gaps;
        Assert.True(looks > 20, $"only {looks} looks");
        Console.WriteLine($"rolling restart: longest time in which a target was seen without a supervisor: {longest.TotalMilliseconds:0} ms");
        Assert.True(longest < TimeSpan.FromSeconds(8), $"a target was without a supervisor for {longest}");
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Fact]
    public async Task A_node_that_stood_still_on_its_way_up_is_never_called_ready_and_comes_up_as_another_life()
    {
        await using var cluster = await ClusterTrading.StartAsync(2, hasManagers: false);
        var late = cluster.AddNode(3);
        while (await StoppedAsync(cluster, late) != "Joining")
        {
            // It was quicker.
            late.Process.Signal("CONT");
            Assert.Equal(75, await late.Process.WaitAsync());
            cluster.Restart(late);
        }

        var declared = (await cluster.MembersAsync(0)).Single(member => member.Node == late.Name).Incarnation;
        late.Process.Signal("CONT");
        Assert.Equal(75, await late.Process.WaitAsync());
        Assert.Contains("was declared down", late.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is ready", late.Process.Output, StringComparison.Ordinal);
        cluster.Restart(late);
        await Waiting.For(async () => (await cluster.MembersAsync(0)).Single(member => member.Node == late.Name) is { State: "Up" } now && now.Incarnation == declared + 1, TimeSpan.FromSeconds(40));
        Assert.All((await cluster.MembersAsync(0)).Where(member => member.Node != late.Name), member => Assert.Equal(("Up", 1), (member.State, member.Incarnation)));
    }

    /// <summary>Stops a node as soon as it has joined, until it is declared down; as what it was last seen before.</summary>
    private static async Task<string> StoppedAsync(ClusterTrading cluster, ClusterNodeProcess node)
    {
        var life = Path.Combine(node.Data, "node.life");
        await Waiting.For(() => File.Exists(life), TimeSpan.FromSeconds(60));
        node.Process.Signal("STOP");
        var incarnation = JsonDocument.Parse(await File.ReadAllTextAsync(life)).RootElement.GetProperty("Incarnation").GetInt64();
        var last = string.Empty;
        await Waiting.For(async () =>
        {
            var state = (await cluster.MembersAsync(0)).FirstOrDefault(member => member.Node == node.Name && member.Incarnation == incarnation)?.State ?? string.Empty;
            last = state is "Down" ? last : state;
            return state is "Down";
        }, TimeSpan.FromSeconds(20));
        return last;
    }

    /// <summary>The longest time in which looks at the cluster found one and the same target without a supervisor that answers.</summary>
    private static async Task<(int Looks, TimeSpan Longest)> WatchAsync(ClusterTrading cluster, CancellationToken stop)
    {
        var since = new Dictionary<string, long>();
        var longest = 0L;
        var looks = 0;
        while (!stop.IsCancellationRequested)
        {
            for (var via = 0; via < cluster.Nodes.Count; via++)
            {
                try
                {
                    var views = await cluster.SupervisorsAsync(via);
                    looks++;
                    var now = BootClock.Now();
                    foreach (var view in views)
                    {
                        var name = $"{view.Kind}/{view.Id}";
                        if (view.Reasons.Any(reason => reason.Rule == "supervisor"))
                        {
                            since.TryAdd(name, now);
                            longest = Math.Max(longest, now - since[name]);
                        }
                        else
                        {
                            since.Remove(name);
                        }
                    }

                    break;
                }
                catch (Exception down) when (down is HttpRequestException or ActorOpsException or TaskCanceledException)
                {
                    // That node is the one that restarts; another one is asked.
                }
            }

            await Task.Delay(50, CancellationToken.None);
        }

        return (looks, TimeSpan.FromMicroseconds(longest / 1000.0));
    }
}
