using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Placement;

namespace ActorOps.Cluster.Singletons;

/// <summary>Where a singleton should be when nobody has it. One that has a home stays there: moving costs more than an uneven share.</summary>
public static class SingletonPlacement
{
    /// <summary>Nodes that may have it, best first: those of the preferred region before the others, each by rendezvous hash.</summary>
    public static IReadOnlyList<string> Rank(SingletonSpec spec, ClusterView view)
    {
        var able = view.Members.Where(member => member.State == MemberState.Up && !member.IsExpired && (spec.Role is null || member.Description.Roles.Contains(spec.Role))).ToList();
        var ranked = RendezvousHash.Rank(spec.Name, able.Select(member => (member.Key.Node, member.Description.Weight)));
        return [.. ranked.OrderBy(node => able.First(member => member.Key.Node == node).Description.Region == spec.PreferredRegion ? 0 : 1)];
    }
}
