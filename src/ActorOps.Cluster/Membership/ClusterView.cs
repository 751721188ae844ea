using ActorOps.Cluster.Leases;

namespace ActorOps.Cluster.Membership;

/// <summary>Members and grants at one instant of the store.</summary>
/// <param name="StoreId">Identity of the store; another one is another cluster.</param>
/// <param name="Generation">Raised at each promotion and restore; the high half of every epoch.</param>
/// <param name="Members">By name.</param>
/// <param name="Grants">By name.</param>
public sealed record ClusterView(Guid StoreId, long Generation, IReadOnlyList<Member> Members, IReadOnlyList<Grant> Grants)
{
    /// <summary>The member with this key, or null when another life of the node has its place.</summary>
    public Member? Find(NodeKey key) => Members.FirstOrDefault(member => member.Key == key);
}
