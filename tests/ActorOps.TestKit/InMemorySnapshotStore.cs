using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit;

/// <summary>Snapshots for unit tests, with failures on demand.</summary>
public sealed class InMemorySnapshotStore : ISnapshotStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedList<long, Snapshot>> _all = [];

    /// <summary>Thrown by saves while set.</summary>
    public Exception? SaveFailure { get; set; }

    public IReadOnlyList<Snapshot> Of(string key)
    {
        lock (_lock)
        {
            return [.. _all.GetValueOrDefault(key, []).Values];
        }
    }

    public ValueTask SaveAsync(Snapshot snapshot, int keep = 1, CancellationToken cancellation = default)
    {
        if (SaveFailure is { } failure)
        {
            throw failure;
        }

        lock (_lock)
        {
            if (!_all.TryGetValue(snapshot.Key, out var kept))
            {
                _all.Add(snapshot.Key, kept = []);
            }

            kept[snapshot.SequenceNumber] = snapshot;
            while (kept.Count > keep)
            {
                kept.RemoveAt(0);
            }
        }

        return default;
    }

    public async ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default)
    {
        foreach (var snapshot in snapshots)
        {
            await SaveAsync(snapshot, 1, cancellation);
        }
    }

    public ValueTask<Snapshot?> LoadAsync(string key, long atMost = long.MaxValue, CancellationToken cancellation = default) =>
        new(Of(key).LastOrDefault(snapshot => snapshot.SequenceNumber <= atMost));
}
