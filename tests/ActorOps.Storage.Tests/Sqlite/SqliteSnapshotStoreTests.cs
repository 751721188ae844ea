using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using ActorOps.TestKit.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Sqlite;

public sealed class SqliteSnapshotStoreTests : SnapshotConformance
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore? _store;

    protected override Task<ISnapshotStore> OpenAsync()
    {
        _store = SqliteStore.Open(_directory.File("store.db"), TimeProvider.System, NullLogger.Instance);
        return Task.FromResult(_store.Snapshots);
    }

    public override async Task DisposeAsync()
    {
        await _store!.DisposeAsync();
        _directory.Dispose();
    }
}
