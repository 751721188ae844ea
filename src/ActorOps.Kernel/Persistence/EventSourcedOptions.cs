namespace ActorOps.Kernel.Persistence;

/// <summary>How an event-sourced actor reaches the store.</summary>
public sealed class EventSourcedOptions
{
    /// <summary>The journal.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Snapshots; null: none are taken.</summary>
    public ISnapshotStore? Snapshots { get; init; }

    /// <summary>Right to write.</summary>
    public required FencingToken Token { get; init; }

    /// <summary>Events between two snapshots, 1 or more.</summary>
    public int SnapshotEvery { get; init; } = 500;

    /// <summary>Snapshots kept of each entity, 1 or more: one that cannot be read falls back on the one before it.</summary>
    public int SnapshotsKept { get; init; } = 2;

    /// <summary>Longest wait for one append; then the actor fails and recovers anew.</summary>
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for the next event, or for a snapshot, during recovery; then the actor fails and recovers anew.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
