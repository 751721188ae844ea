namespace ActorOps.Kernel.Persistence;

/// <summary>Latest state by key. A cache of what the journal or live signals give again: its loss costs time, never truth.</summary>
public interface ISnapshotStore
{
    /// <summary>Replaces the snapshot of a key; one with a lower sequence number than the stored is ignored.</summary>
    ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellation = default);

    /// <summary>Replaces many at once, in one transaction.</summary>
    ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default);

    /// <summary>The snapshot of a key, or null.</summary>
    ValueTask<Snapshot?> LoadAsync(string key, CancellationToken cancellation = default);
}
