using ActorOps.Cluster.Placement;

namespace ActorOps.Cluster.Tests.Placement;

public class RendezvousHashTests
{
    private static readonly string[] Keys = [.. Enumerable.Range(0, 20_000).Select(key => $"strategy/{key}")];

    [Fact]
    public void Keys_are_shared_in_proportion_to_the_weights()
    {
        var owners = Owners(("a", 1), ("b", 1), ("c", 2)).Values.GroupBy(node => node).ToDictionary(group => group.Key, group => group.Count() / (double)Keys.Length);
        Assert.Equal(0.25, owners["a"], 0.02);
        Assert.Equal(0.25, owners["b"], 0.02);
        Assert.Equal(0.5, owners["c"], 0.02);
    }

    [Fact]
    public void A_node_that_goes_moves_its_own_keys_only_and_one_that_comes_takes_its_share_only()
    {
        var three = Owners(("a", 1), ("b", 1), ("c", 1));
        var two = Owners(("a", 1), ("b", 1));
        Assert.All(Keys.Where(key => three[key] != "c"), key => Assert.Equal(three[key], two[key]));
        Assert.All(Keys.Where(key => three[key] != two[key]), key => Assert.Equal("c", three[key]));
    }

    [Fact]
    public void A_changed_weight_moves_no_more_than_the_difference()
    {
        var (before, after) = (Owners(("a", 1), ("b", 1), ("c", 1)), Owners(("a", 1), ("b", 1), ("c", 1.5)));
        var moved = Keys.Count(key => before[key] != after[key]) / (double)Keys.Length;
        Assert.Equal((1.5 / 3.5) - (1 / 3.0), moved, 0.02);
        Assert.All(Keys.Where(key => before[key] != after[key]), key => Assert.Equal("c", after[key]));
    }

    [Fact]
    public void Places_are_the_same_on_every_version()
    {
        Assert.Equal(["b", "c", "a"], RendezvousHash.Rank("strategy/momentum", [("a", 1), ("b", 1), ("c", 1)]));
        Assert.Equal(RendezvousHash.ShardOf("strategy/momentum", 64), RendezvousHash.ShardOf("strategy/momentum", 64));
        Assert.Equal(64, Keys.Select(key => RendezvousHash.ShardOf(key, 64)).Distinct().Count());
    }

    private static Dictionary<string, string> Owners(params (string Node, double Weight)[] nodes) => Keys.ToDictionary(key => key, key => RendezvousHash.Rank(key, nodes)[0]);
}
