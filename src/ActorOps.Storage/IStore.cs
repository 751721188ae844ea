using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Backups;

namespace ActorOps.Storage;

/// <summary>Everything that one engine keeps.</summary>
public interface IStore : IAsyncDisposable
{
    /// <summary>sqlite or postgres.</summary>
    string Engine { get; }

    /// <summary>Identity of the store.</summary>
    Guid StoreId { get; }

    /// <summary>Raised at each promotion and restore, and at each open of an embedded store; the high half of every epoch.</summary>
    long Generation { get; }

    /// <summary>The journal.</summary>
    IJournal Journal { get; }

    /// <summary>The snapshots.</summary>
    ISnapshotStore Snapshots { get; }

    /// <summary>The outbox.</summary>
    IOutbox Outbox { get; }

    /// <summary>The grants.</summary>
    ILeaseStore Leases { get; }

    /// <summary>The members.</summary>
    IMembershipTable Membership { get; }

    /// <summary>Hints that members or grants have changed.</summary>
    IDoorbell Doorbell { get; }

    /// <summary>Hints that the journal has grown.</summary>
    IDoorbell JournalDoorbell { get; }

    /// <summary>How far the store's wall clock is ahead of this machine's: what nodes date, they date by the store.</summary>
    TimeSpan ClockOffset { get; }

    /// <summary>
    /// Called when this node is the first to see that another database has taken over, with whether it is proven that nothing acknowledged was lost. Also
    /// for what was seen before it was set.
    /// </summary>
    Action<bool>? Promoted { get; set; }

    /// <summary>Writes a backup while the store is in use: everything committed when it begins, nothing later. Writers are not held up.</summary>
    /// <exception cref="IOException">It could not be written; nothing of it is left.</exception>
    Task<BackupSummary> BackUpAsync(string path);
}
