using System.Text.Json;
using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>Taking risk off and adding it back while nodes come and go.</summary>
[Trait("Needs", "Postgres")]
public class RiskTests
{
    [Fact]
    public async Task A_rollback_is_finished_by_whoever_takes_over_and_each_effect_happens_once()
    {
        await using var cluster = await ClusterTrading.StartAsync(3);
        cluster.StartDesk();
        await cluster.TradesAsync();
        for (var round = 0; round < 2; round++)
        {
            var holder = cluster.NodeOf((await cluster.SingletonAsync(0, "procedures")).Node);
            var via = cluster.Other(holder.Name);
            using var client = cluster.Admin(via);
            var body = new RollbackBody($"strategy/{(round == 0 ? "momentum" : "mean-reversion")}", "odd fills");
            var view = await client.PostAsync("api/v1/rollbacks", body, WireJson.Default.RollbackBody, WireJson.Default.ProcedureView, $"key-{round}");
            await Task.Delay(Random.Shared.Next(0, 40));
            holder.Signal("KILL");
            await Waiting.For(async () => (await client.GetAsync($"api/v1/rollbacks/{view.ProcedureId}", WireJson.Default.ProcedureView)).Outcome is not null, TimeSpan.FromSeconds(40));
            var again = await client.PostAsync("api/v1/rollbacks", body, WireJson.Default.RollbackBody, WireJson.Default.ProcedureView, $"key-{round}");
            Assert.Equal(view.ProcedureId, again.ProcedureId);
            await Waiting.For(async () => (await cluster.MembersAsync(via)).Count(member => member.State == "Up") == 3, TimeSpan.FromSeconds(30));
        }

        var history = await cluster.HistoryAsync();
        history.Check([]);
        RiskLaws.CheckStored(history, [], []);
        Assert.Equal(2, history.Rows.Count(row => row.Kind == "procedures.ended.v1"));
        Assert.Equal(2, history.Rows.Count(row => row.Kind == "kill-switch.tripped.v1" && row.Payload.Contains("\"level\":\"KILLED\"", StringComparison.Ordinal) && row.Payload.Contains("\"source\":\"rollback\"", StringComparison.Ordinal)));
        var controls = cluster.Events.Where(e => e.Name == "control").Select(e => e.Text("id")).ToList();
        Assert.Equal(controls.Distinct().Count(), controls.Count);
    }

    [Fact]
    public async Task A_signal_to_any_node_a_dead_node_in_the_list_and_one_id_on_many_nodes()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false);
        var dead = cluster.Nodes[2].Url;
        var list = string.Join(',', dead, cluster.Nodes[0].Url, cluster.Nodes[1].Url);
        cluster.Nodes[2].Signal("KILL");
        await using var cli = ManagedProcess.Start("actorops", cluster.Folder.Path, ["kill", "--now", "--scope", "symbol/listed", "-o", "json", "--server", list, "--token-file", cluster.Folder.File("admin.token")]);
        Assert.Equal(0, await cli.WaitAsync());
        using var answer = JsonDocument.Parse(cli.Output.Split('\n').First(line => line.StartsWith('{')));
        await Waiting.For(async () => (await cluster.HistoryAsync()).Trips.Contains(answer.RootElement.GetProperty("tripId").GetGuid()));
        for (var via = 0; via < 2; via++)
        {
            Assert.Equal(answer.RootElement.GetProperty("tripId").GetGuid(), Assert.Single((await cluster.KillSwitchAsync(via)).Trips, trip => trip.Scope == "symbol/listed").TripId);
        }

        ManagedProcess.Signal(cluster.Nodes[1].Pid, "USR1");
        await Waiting.For(async () => (await cluster.KillSwitchAsync(0)).Trips.Any(trip => trip is { Scope: "firm", Source: "signal" }));
    }

    [Fact]
    public async Task Concurrent_trip_and_reset_end_tripped_and_a_replayed_key_is_a_new_trip()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false, ClusterTrading.Steady, "actorops.kill-switch.one-time-codes=false", "actorops.kill-switch.recovery-hold=0s", "actorops.kill-switch.recovery-sizes=[]");
        cluster.StartDesk();
        await cluster.TradesAsync();
        var people = await ResetPeople.CreateAsync(cluster);

        // Trips of one principal join; the one that races is somebody else's.
        using var admin = cluster.Admin(0);
        var operatorToken = (await admin.PostAsync("api/v1/access/principals", new PrincipalBody("night-desk", "night-desk", ["operator"]), WireJson.Default.PrincipalBody, WireJson.Default.PrincipalAnswer, "night-desk")).Token;
        var acknowledged = new List<Guid>();
        for (var round = 0; round < 4; round++)
        {
            using var client = cluster.Admin(round % 3);
            var body = new TripBody("strategy/raced", "KILLED", "test");
            var first = await client.PostAsync("api/v1/kill-switch/trips", body, WireJson.Default.TripBody, WireJson.Default.TripAnswer, "the-key");
            Assert.DoesNotContain(first.TripId, acknowledged);
            var reset = await people.AskAsync(round % 3, first.TripId);
            var approving = people.ApproveAsync((round + 1) % 3, reset);
            using var other = cluster.Nodes[(round + 2) % 3].Client(operatorToken, TimeSpan.FromSeconds(15));
            var raced = await other.PostAsync("api/v1/kill-switch/trips", body, WireJson.Default.TripBody, WireJson.Default.TripAnswer);
            Assert.True(await approving);
            acknowledged.AddRange([first.TripId, raced.TripId]);
            foreach (var via in (int[])[0, 1, 2])
            {
                Assert.Contains((await cluster.KillSwitchAsync(via)).Trips, trip => trip.TripId == raced.TripId);
            }

            Assert.True(await people.ApproveAsync(round % 3, await people.AskAsync(round % 3, raced.TripId)));
            await Waiting.For(async () => (await cluster.KillSwitchAsync(0)).Trips.All(trip => trip.Scope != "strategy/raced"), TimeSpan.FromSeconds(20));
        }

        RiskLaws.CheckStored(await cluster.HistoryAsync(), acknowledged, (await cluster.KillSwitchAsync(0)).Trips.Select(trip => trip.TripId));
    }

    [Fact]
    public async Task A_node_whose_disk_was_wiped_comes_back_tripped()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false);
        var trip = await cluster.TripAsync(1, "firm");
        var node = cluster.Nodes[2];
        node.Signal("KILL");
        await node.Process.WaitAsync();
        Directory.Delete(node.Data, recursive: true);
        cluster.Restart(node);
        await Waiting.For(() => node.Endpoint is not null, TimeSpan.FromSeconds(40));
        Assert.Contains((await cluster.KillSwitchAsync(2)).Trips, known => known.TripId == trip.TripId);
        Assert.Contains((await cluster.KillSwitchAsync(2)).Effective, scope => scope is { Scope: "firm", Level: "KILLED" });
    }

    /// <summary>A desk with an unaware node: the trip is known to its store and to another node, not to the one that gives the desk its permits.</summary>
    [Fact]
    public async Task A_desk_whose_node_stands_still_adds_no_risk_later_than_the_bound()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false);
        cluster.StartDesk();
        await cluster.TradesAsync();
        cluster.Nodes[0].Signal("STOP");
        var answer = await cluster.TripAsync(1, "strategy/momentum");
        var trip = new AcknowledgedTrip(answer.TripId, "momentum", BootClock.Now());
        Assert.True(answer.Durable);
        await Task.Delay(TimeSpan.FromSeconds(6));
        cluster.Nodes[0].Signal("CONT");
        await Task.Delay(TimeSpan.FromSeconds(3));
        RiskLaws.NoOrderLeavesAfterATrip([trip], cluster.Events.Where(e => e.IsIncreasingOrder).Select(e => new SentOrder(e.Text("strategy")!, e.MonotonicNs)), TimeSpan.FromSeconds(4));

        // What the desk held back meanwhile came late; its clock was never wrong, and nobody says so.
        await Waiting.For(async () => (await cluster.SupervisorsAsync(1)).Any(view => view is { Kind: "strategy", Id: "momentum", LastSignalAgeMs: < 2000 }), TimeSpan.FromSeconds(20));
        Assert.Empty(await cluster.SkewedAsync(1));
    }
}
