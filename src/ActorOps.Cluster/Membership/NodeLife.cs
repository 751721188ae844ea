namespace ActorOps.Cluster.Membership;

/// <summary>A node's row as an engine has locked it.</summary>
/// <param name="State">Where its latest life is.</param>
/// <param name="Incarnation">Which life that is.</param>
/// <param name="Session">Process that made it.</param>
/// <param name="Beats">Its renewals.</param>
/// <param name="IsExpired">Its lease is no longer good, on the store's clock.</param>
public sealed record NodeLife(MemberState State, long Incarnation, Guid Session, long Beats, bool IsExpired)
{
    /// <summary>What an eviction of this life may do; null: go on.</summary>
    public EvictResult? Forbids(NodeKey key, long observedBeats, bool proven) =>
        Incarnation != key.Incarnation || !State.IsAlive() ? EvictResult.Gone
        : !proven && (!IsExpired || Beats != observedBeats) ? EvictResult.Alive
        : null;
}
