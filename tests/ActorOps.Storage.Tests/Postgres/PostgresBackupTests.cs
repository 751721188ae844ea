using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Backups;
using ActorOps.Storage.Postgres;
using ActorOps.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Postgres;

[Collection(PostgresSuite.Name)]
[Trait("Needs", "Postgres")]
public sealed class PostgresBackupTests(PostgresFixture postgres) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_store_goes_from_one_engine_to_the_other_and_back_and_is_the_same()
    {
        await using var store = await OpenAsync(await postgres.NewDatabaseAsync());
        var token = await FillAsync(store, 30);
        var made = await store.BackUpAsync(_directory.File("pg.backup"));
        Assert.Equal((30, 1, 1, "postgres"), (made.Events, made.Snapshots, made.Messages, made.Engine));
        Assert.Equal(made, BackupReader.Verify(_directory.File("pg.backup")));

        SqliteStore.Restore(_directory.File("store.db"), _directory.File("pg.backup"));
        await using var sqlite = SqliteStore.Open(_directory.File("store.db"), TimeProvider.System, NullLogger.Instance);
        Assert.Equal(await RowsAsync(store.Journal), await RowsAsync(sqlite.Journal));
        Assert.Equal("state", (await sqlite.Snapshots.LoadAsync("s0"))!.Payload);
        await sqlite.BackUpAsync(_directory.File("sqlite.backup"));

        var options = TestStores.Patient(await postgres.NewDatabaseAsync());
        await PostgresStore.RestoreAsync(options, _directory.File("sqlite.backup"), TimeProvider.System);
        await using var again = await OpenAsync(options.ConnectionString);
        Assert.Equal(await RowsAsync(store.Journal), await RowsAsync(again.Journal));
        Assert.Equal(store.StoreId, again.StoreId);
        Assert.True(again.Generation > store.Generation);
        Assert.Single(await again.Outbox.ReadPendingAsync("desk/a", 10));
        foreach (var stream in new[] { "s0", "s1", "s2" })
        {
            Assert.Null(await again.Journal.VerifyChainAsync(stream));
        }

        Assert.IsType<AppendResult.Fenced>(await again.Journal.AppendAsync(Request("s0", 10, token)));
        Assert.IsType<AppendResult.Appended>(await again.Journal.AppendAsync(Request("s0", 10, null)));
        await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresStore.RestoreAsync(options, _directory.File("sqlite.backup"), TimeProvider.System));
    }

    [Fact]
    public async Task A_damaged_backup_stores_nothing()
    {
        await using var store = await OpenAsync(await postgres.NewDatabaseAsync());
        await FillAsync(store, 5);
        await store.BackUpAsync(_directory.File("good.backup"));
        var bytes = await File.ReadAllBytesAsync(_directory.File("good.backup"));
        await File.WriteAllBytesAsync(_directory.File("torn.backup"), bytes[..^20]);
        var options = TestStores.Patient(await postgres.NewDatabaseAsync());
        await Assert.ThrowsAsync<BackupDamagedException>(() => PostgresStore.RestoreAsync(options, _directory.File("torn.backup"), TimeProvider.System));
        await using var empty = await OpenAsync(options.ConnectionString);
        Assert.Empty(await RowsAsync(empty.Journal));
        Assert.Equal(1, empty.Generation);
    }

    private static Task<PostgresStore> OpenAsync(string connection) => TestStores.OpenAsync(connection);

    private static async Task<List<JournalRecord>> RowsAsync(IJournal journal)
    {
        var rows = new List<JournalRecord>();
        foreach (var stream in new[] { "s0", "s1", "s2" })
        {
            await foreach (var record in journal.ReadStreamAsync(stream, 1))
            {
                rows.Add(record with { Cursor = string.Empty });
            }
        }

        return rows;
    }

    private static AppendRequest Request(string stream, long expected, FencingToken? token) =>
        new(stream, expected, token, Guid.CreateVersion7(), [new JournalEntry("test.v1", $"{stream} {expected} äöü")]) { TraceId = expected % 2 == 0 ? "t" : null };

    private static async Task<FencingToken> FillAsync(PostgresStore store, int events)
    {
        var joined = (JoinResult.Joined)await store.Membership.JoinAsync(new JoinRequest("n", Guid.NewGuid(), "test", new NodeDescription("eu", [], "x", "0", 1, 1), TimeSpan.FromMinutes(1)));
        await store.Membership.MoveAsync(joined.Key, MemberState.Joining, MemberState.Up);
        var token = ((AcquireResult.Acquired)await store.Leases.AcquireAsync("g", joined.Key)).Token;
        for (var n = 0; n < events; n++)
        {
            var request = Request($"s{n % 3}", n / 3, token) with { Outbox = n == 0 ? [new OutboxMessage(Guid.CreateVersion7(), "desk/a", "{}")] : [] };
            Assert.IsType<AppendResult.Appended>(await store.Journal.AppendAsync(request));
        }

        await store.Snapshots.SaveAsync(new Snapshot("s0", events, "state"));
        return token;
    }
}
