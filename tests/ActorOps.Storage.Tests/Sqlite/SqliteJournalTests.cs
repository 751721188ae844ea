using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using ActorOps.TestKit.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Sqlite;

public sealed class SqliteJournalTests : JournalConformance
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore? _store;

    protected override Task<(IJournal Journal, IOutbox Outbox, FencingToken Token)> OpenAsync()
    {
        _store = SqliteStore.Open(_directory.File("store.db"), TimeProvider.System, NullLogger.Instance);
        return Task.FromResult((_store.Journal, _store.Outbox, new FencingToken("test", _store.Epoch)));
    }

    public override async Task DisposeAsync()
    {
        await _store!.DisposeAsync();
        _directory.Dispose();
    }
}
