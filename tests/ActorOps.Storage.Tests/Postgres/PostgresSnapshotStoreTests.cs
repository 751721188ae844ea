using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;
using ActorOps.TestKit.Conformance;

namespace ActorOps.Storage.Tests.Postgres;

[Collection(PostgresSuite.Name)]
[Trait("Needs", "Postgres")]
public sealed class PostgresSnapshotStoreTests(PostgresFixture postgres) : SnapshotConformance
{
    private PostgresStore? _store;

    protected override async Task<ISnapshotStore> OpenAsync()
    {
        _store = await TestStores.OpenAsync(await postgres.NewDatabaseAsync());
        return _store.Snapshots;
    }

    public override async Task DisposeAsync() => await _store!.DisposeAsync();
}
