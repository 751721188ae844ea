using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Cluster.Leases;

/// <summary>
/// Grants of singletons and shards. A grant goes to a new holder only when it is free or its holder's life is over, and always with a higher
/// epoch; the journal checks the epoch in the transaction of each append, so whoever held it before can write nothing more.
/// </summary>
public interface ILeaseStore
{
    /// <summary>Takes a grant for a node that is Up. One it holds already is given again with the same epoch.</summary>
    ValueTask<AcquireResult> AcquireAsync(string name, NodeKey node, CancellationToken cancellation = default);

    /// <summary>Begins a handover: the holder may still write. False when the epoch is not the grant's.</summary>
    /// <exception cref="JournalUnavailableException">Not known whether it took effect; a repeat is safe.</exception>
    ValueTask<bool> DrainAsync(FencingToken token, string desiredNode, CancellationToken cancellation = default);

    /// <summary>Gives a grant back. False when the epoch is not the grant's.</summary>
    /// <exception cref="JournalUnavailableException">Not known whether it took effect; a repeat is safe.</exception>
    ValueTask<bool> ReleaseAsync(FencingToken token, CancellationToken cancellation = default);

    /// <summary>Every grant, by name.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<Grant>> ReadAsync(CancellationToken cancellation = default);
}
