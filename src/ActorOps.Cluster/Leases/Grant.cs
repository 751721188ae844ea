using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Leases;

/// <summary>The right to act as a singleton or for a shard. It is never renewed: it is good as long as its holder's lease is.</summary>
/// <param name="Name">Which one.</param>
/// <param name="Epoch">Fencing token of its latest holder, generation in the high half; grows with each holder and never falls.</param>
/// <param name="Phase">What is going on with it.</param>
/// <param name="Holder">Who holds it; null while it is free.</param>
/// <param name="Desired">Node that it is being handed to, if any.</param>
public sealed record Grant(string Name, long Epoch, GrantPhase Phase, NodeKey? Holder, string? Desired);
