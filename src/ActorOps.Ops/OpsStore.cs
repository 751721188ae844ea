using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops;

/// <summary>Where the domain keeps what it must not lose.</summary>
/// <param name="Journal">Events.</param>
/// <param name="Snapshots">Checkpoints.</param>
/// <param name="Outbox">Orders to desks.</param>
public sealed record OpsStore(IJournal Journal, ISnapshotStore Snapshots, IOutbox Outbox);
