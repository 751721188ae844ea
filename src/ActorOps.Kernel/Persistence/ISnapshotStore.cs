namespace ActorOps.Kernel.Persistence;

/// <summary>States by key, newest first. A cache of what the journal or live signals give again: its loss costs time, never truth.</summary>
public interface ISnapshotStore
{
    /// <summary>Stores a snapshot and keeps the <paramref name="keep"/> (1 or more) newest of its key; an older one than those is ignored, one of the same sequence number is replaced.</summary>
    ValueTask SaveAsync(Snapshot snapshot, int keep = 1, CancellationToken cancellation = default);

    /// <summary>Stores many at once, in one transaction, and keeps the newest of each key.</summary>
    ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default);

    /// <summary>The newest snapshot of a key up to a sequence number, or null.</summary>
    ValueTask<Snapshot?> LoadAsync(string key, long atMost = long.MaxValue, CancellationToken cancellation = default);
}
