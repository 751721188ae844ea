using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Placement;

namespace ActorOps.Cluster.Grants;

/// <summary>Where a grant should be: a pure function of the view, the same on every node.</summary>
public static class GrantPlacement
{
    /// <summary>Nodes that may have it, best first: those of its region before the others, each by rendezvous hash.</summary>
    public static IReadOnlyList<string> Rank(GrantSpec spec, ClusterView view)
    {
        var able = view.Members.Where(member => member.State == MemberState.Up && !member.IsExpired && member.Description.Weight > 0 && (spec.Role is null || member.Description.Roles.Contains(spec.Role))).ToLookup(member => member.Description.Region == spec.Region);
        return [.. Ranked(able[true]), .. Ranked(able[false])];

        IEnumerable<string> Ranked(IEnumerable<Member> members) => RendezvousHash.Rank(spec.Name, members.Select(member => (member.Key.Node, member.Description.Weight)));
    }
}
