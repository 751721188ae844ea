using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;

namespace ActorOps.Server.Clustering;

/// <summary>Grants of the latest view by name. Made once a view.</summary>
internal sealed class GrantIndex(Func<ClusterNode?> node)
{
    private volatile Tuple<ClusterView, Dictionary<string, Grant>>? _latest;

    public Grant? Find(string name)
    {
        if (node()?.View is not { } view)
        {
            return null;
        }

        var latest = _latest;
        if (latest is null || !ReferenceEquals(latest.Item1, view))
        {
            _latest = latest = Tuple.Create(view, view.Grants.ToDictionary(grant => grant.Name));
        }

        return latest.Item2.GetValueOrDefault(name);
    }

    /// <summary>The holder of a grant; null while it is free.</summary>
    public NodeKey? HolderOf(string name) => Find(name) is { Phase: not GrantPhase.Free, Holder: { } holder } ? holder : null;
}
