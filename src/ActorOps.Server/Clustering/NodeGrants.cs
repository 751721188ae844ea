using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Ops;

namespace ActorOps.Server.Clustering;

/// <summary>Which grants there are: every singleton of the domain, and the shards of every region that has nodes or desks, or had them.</summary>
internal sealed class NodeGrants(OpsSystem ops)
{
    private readonly Dictionary<string, GrantSpec> _specs = [];

    public IReadOnlyList<GrantSpec> For(ClusterView view)
    {
        var regions = RegionsOf(view, ops);
        return [.. OpsSingletons.All(regions).Select(singleton => Singleton(singleton.Name, singleton.Region)), .. regions.SelectMany(region => ShardMap.NamesOf(region).Select(shard => Shard(shard, region)))];
    }

    public static IReadOnlyList<string> RegionsOf(ClusterView view, OpsSystem ops) => [.. view.Members.Where(member => member.State.IsAlive()).Select(member => member.Description.Region)
        .Concat(ops.Registry.Desks.Select(desk => desk.Region)).Concat(view.Grants.Select(RegionOf).OfType<string>()).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A region that once had nodes keeps its operator and its shards: others look after them.</summary>
    private static string? RegionOf(Grant grant) => grant.Name.Split('/') is ["shard", var region, _] ? region : null;

    private GrantSpec Singleton(string name, string? region)
    {
        if (!_specs.TryGetValue(name, out var spec))
        {
            _specs[name] = spec = new GrantSpec(name, ops.Singletons.RunAsync) { Role = "control", Region = region };
        }

        return spec;
    }

    private GrantSpec Shard(string shard, string region)
    {
        if (!_specs.TryGetValue(shard, out var spec))
        {
            _specs[shard] = spec = new GrantSpec(shard, ops.RunShardAsync) { Role = "data", Region = region, IsSticky = false };
        }

        return spec;
    }
}
