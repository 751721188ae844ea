using ActorOps.Acceptance.Tests.Harness;
using ActorOps.Client.Gates;

namespace ActorOps.Acceptance.Tests.Clusters;

/// <summary>What a person does to nodes, at the command line.</summary>
[Trait("Needs", "Postgres")]
public class OperationTests
{
    [Fact]
    public async Task A_node_is_drained_comes_back_leaves_and_is_declared_down_by_command()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false, ClusterTrading.Steady, "actorops.cluster.settle=1s", "actorops.cluster.moves-at-once=64");
        cluster.StartDesk();
        await cluster.TradesAsync();
        Assert.Equal((2, true), Refused(await cluster.CliAsync(0, "cluster", "drain", "node-3", "--reason", "patch"), "--confirm node-3"));
        Assert.Equal((5, true), Refused(await cluster.CliAsync(0, "cluster", "drain", "nobody", "--reason", "x", "--confirm", "nobody"), "unknown-node"));
        Assert.Equal(0, (await cluster.CliAsync(1, "cluster", "drain", "node-3", "--reason", "patch", "--confirm", "node-3")).Code);
        await Waiting.For(async () => (await AllGrants(cluster)).All(grant => grant.Node is not ("node-3" or "")), TimeSpan.FromSeconds(20));
        Assert.Equal("Drained", (await cluster.MembersAsync(0)).Single(member => member.Node == "node-3").State);
        await cluster.TradesAsync(BootClock.Now());

        Assert.Equal(0, (await cluster.CliAsync(2, "cluster", "join", "node-3", "--reason", "patched", "--confirm", "node-3")).Code);
        await Waiting.For(async () => (await cluster.GrantsAsync(0, "shards")).Any(shard => shard.Node == "node-3"), TimeSpan.FromSeconds(20));

        Assert.Equal(0, (await cluster.CliAsync(0, "cluster", "leave", "node-2", "--reason", "old", "--confirm", "node-2")).Code);
        Assert.Equal(0, await cluster.NodeOf("node-2").Process.WaitAsync());
        await Waiting.For(async () => (await AllGrants(cluster)).All(grant => grant.Node is "node-1" or "node-3"), TimeSpan.FromSeconds(20));

        Assert.Equal(0, (await cluster.CliAsync(0, "cluster", "down", "node-3", "--reason", "dead", "--confirm", "node-3")).Code);
        Assert.Equal(75, await cluster.NodeOf("node-3").Process.WaitAsync());
        await Waiting.For(async () => (await AllGrants(cluster)).All(grant => grant.Node == "node-1"), TimeSpan.FromSeconds(20));
        await cluster.TradesAsync(BootClock.Now());
        foreach (var (line, expected) in ((string, string)[])[("cluster show", "1 Up"), ("cluster members", "Removed"), ("cluster singletons", "operator-eu"), ("cluster shards", "shard/us/63"), ("cluster links", "LAST ANSWER")])
        {
            var (code, output) = await cluster.CliAsync(0, line.Split(' '));
            Assert.True(code == 0 && output.Contains(expected, StringComparison.Ordinal), $"{line}: {code}\n{output}");
        }

        // All of it is journalled, in spite of what happened to those who would have written it.
        await Waiting.For(async () => (await cluster.HistoryAsync()).Rows.Count(row => row.Kind == "access.node-changed.v1") == 4, TimeSpan.FromSeconds(20));
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    [Fact]
    public async Task Any_node_answers_any_command()
    {
        await using var cluster = await ClusterTrading.StartAsync(3, hasManagers: false, ClusterTrading.Steady);
        cluster.StartDesk();
        await cluster.TradesAsync();
        for (var via = 0; via < 3; via++)
        {
            Assert.Equal(0, (await cluster.CliAsync(via, "access", "add", $"p{via}", "--person", $"p{via}", "--role", "engineering", "--confirm", $"p{via}")).Code);
            Assert.Equal(0, (await cluster.CliAsync(via, "feed", "switch", "spy-primary", "--to", via % 2 == 0 ? "backup" : "primary", "--reason", "x", "--confirm", "spy-primary")).Code);
            Assert.Equal((0, true), Refused(await cluster.CliAsync(via, "supervisor", "show", "strategy/momentum"), "hourly-pnl"));
            Assert.Equal((0, true), Refused(await cluster.CliAsync(via, "supervisor", "show", "scope/firm"), "daily-pnl"));
            Assert.Equal((5, true), Refused(await cluster.CliAsync(via, "supervisor", "show", "strategy/nobody"), "unknown-target"));
            var trip = await cluster.TripAsync(via, $"strategy/s{via}");
            Assert.True(trip.Durable || trip.Propagation.Acknowledged == 3);
            foreach (var node in (int[])[0, 1, 2])
            {
                await Waiting.For(async () => (await cluster.KillSwitchAsync(node)).Trips.Any(standing => standing.TripId == trip.TripId));
            }

            Assert.Equal(7, (await cluster.CliAsync((via + 1) % 3, "kill", "reset", trip.TripId.ToString(), "--root-cause", "c", "--reason", "r", "--confirm", trip.TripId.ToString())).Code);
            var reset = (await cluster.KillSwitchAsync((via + 1) % 3)).Resets[^1].ResetId.ToString();
            Assert.Equal((4, true), Refused(await cluster.CliAsync((via + 2) % 3, "kill", "approve", reset, "--confirm", reset), "own-request"));
        }

        // Once each, though sent on from node to node.
        Assert.Equal(3, (await cluster.KillSwitchAsync(0)).Resets.Count);
        var control = await cluster.Desk.ExpectEventAsync(e => e.Name == "control" && e.Text("kind") == "switch-feed", TimeSpan.FromSeconds(10));
        Assert.NotNull(control);
        (await cluster.HistoryAsync()).Check(cluster.Acknowledged.Keys);
    }

    private static async Task<IEnumerable<ActorOps.Client.Wire.SingletonView>> AllGrants(ClusterTrading cluster) =>
        (await cluster.GrantsAsync(0, "singletons")).Concat(await cluster.GrantsAsync(0, "shards"));

    private static (int, bool) Refused((int Code, string Output) result, string expected) => (result.Code, result.Output.Contains(expected, StringComparison.Ordinal));
}
