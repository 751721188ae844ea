using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Placement;

namespace ActorOps.Cluster.Grants;

/// <summary>Which shard a target belongs to, and which node has the shard.</summary>
public static class ShardMap
{
    /// <summary>Shards of a region. It never changes for a store: targets would change shards.</summary>
    public const int ShardsPerRegion = 64;

    /// <summary>Names of a region's shards, which are those of their grants.</summary>
    public static IReadOnlyList<string> NamesOf(string region) => [.. Enumerable.Range(0, ShardsPerRegion).Select(shard => Name(region, shard))];

    /// <summary>The shard of a target whose home is the region.</summary>
    public static string Of(string region, string target) => Name(region, RendezvousHash.ShardOf(target, ShardsPerRegion));

    /// <summary>The node that has a shard, and its epoch; null while nobody has.</summary>
    public static (NodeKey Holder, long Epoch)? Find(ClusterView view, string shard) =>
        view.Grants.FirstOrDefault(grant => grant.Name == shard) is { Phase: not GrantPhase.Free, Holder: { } holder } grant ? (holder, grant.Epoch) : null;

    private static string Name(string region, int shard) => $"shard/{region}/{shard:00}";
}
