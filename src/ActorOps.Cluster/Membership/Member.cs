namespace ActorOps.Cluster.Membership;

/// <summary>A node as the store has it.</summary>
/// <param name="Key">Which life of which node.</param>
/// <param name="State">Where that life is.</param>
/// <param name="Description">What it says of itself.</param>
/// <param name="Beats">Renewals so far: unchanged means silent.</param>
/// <param name="Ttl">How long a renewal is good for.</param>
/// <param name="HeartbeatAge">Time since the last renewal, on the store's clock.</param>
/// <param name="IsExpired">The last renewal is no longer good, on the store's clock.</param>
public sealed record Member(NodeKey Key, MemberState State, NodeDescription Description, long Beats, TimeSpan Ttl, TimeSpan HeartbeatAge, bool IsExpired);
