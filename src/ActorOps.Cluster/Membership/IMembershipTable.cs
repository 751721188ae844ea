using ActorOps.Kernel.Persistence;

namespace ActorOps.Cluster.Membership;

/// <summary>Who is in the cluster. The store decides, in the order of its transactions and on its own clock; every node sees the same.</summary>
/// <remarks>Every call may throw <see cref="JournalUnavailableException"/>: then it is not known whether it took effect, and a repeat is safe.</remarks>
public interface IMembershipTable
{
    /// <summary>Becomes a member as a new incarnation. The same session gets the same answer again.</summary>
    ValueTask<JoinResult> JoinAsync(JoinRequest request, CancellationToken cancellation = default);

    /// <summary>
    /// Renews a life's lease. A late renewal is as good as an early one as long as nobody has declared the node down. Blocks the thread that calls: it is one that does
    /// nothing else, so that a process that has too much to do, and no free thread for it, is not taken for a dead one.
    /// </summary>
    RenewResult Renew(NodeKey key);

    /// <summary>Moves a life forward. False when it is not in <paramref name="from"/>. Leaving to Removed needs that it holds nothing.</summary>
    ValueTask<bool> MoveAsync(NodeKey key, MemberState from, MemberState to, CancellationToken cancellation = default);

    /// <summary>
    /// Declares a life dead and frees what it held. Refused unless it is expired on the store's clock and has made no renewal since
    /// <paramref name="observedBeats"/>; with <paramref name="proven"/> (its process was waited for, or a person says so) neither is asked.
    /// </summary>
    ValueTask<EvictResult> EvictAsync(NodeKey key, long observedBeats, bool proven = false, CancellationToken cancellation = default);

    /// <summary>Changes a life's share of the shards; 0: it is drained, it gives away what it holds and takes nothing. False when that life is over.</summary>
    ValueTask<bool> SetWeightAsync(NodeKey key, double weight, CancellationToken cancellation = default);

    /// <summary>The cluster now.</summary>
    ValueTask<ClusterView> ReadAsync(CancellationToken cancellation = default);
}
