using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Grants;

public class ShardMapTests
{
    [Fact]
    public void A_target_is_always_in_the_same_shard_of_its_region_and_shards_are_evenly_filled()
    {
        Assert.Equal(ShardMap.Of("eu", "strategy/momentum"), ShardMap.Of("eu", "strategy/momentum"));
        var filled = Enumerable.Range(0, 10_000).GroupBy(target => ShardMap.Of("eu", $"strategy/{target}")).ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(ShardMap.NamesOf("eu"), filled.Keys.Order());
        Assert.All(filled.Values, count => Assert.InRange(count, 100, 220));
    }

    [Fact]
    public void Nobody_has_a_free_shard()
    {
        var holder = new NodeKey("a", 3);
        var view = Views.Of() with { Grants = [new Grant("shard/eu/00", 5, GrantPhase.Active, holder, null), new Grant("shard/eu/01", 7, GrantPhase.Free, null, null)] };
        Assert.Equal((holder, 5), ShardMap.Find(view, "shard/eu/00"));
        Assert.Null(ShardMap.Find(view, "shard/eu/01"));
        Assert.Null(ShardMap.Find(view, "shard/eu/02"));
    }
}
