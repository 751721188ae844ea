using System.Collections.Concurrent;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;
using ActorOps.TestKit.Conformance;
using Npgsql;

namespace ActorOps.Storage.Tests.Postgres;

[Collection(PostgresSuite.Name)]
[Trait("Needs", "Postgres")]
public sealed class PostgresLeaseStoreTests(PostgresFixture postgres) : ClusterConformance
{
    private string _connection = string.Empty;
    private PostgresStore? _store;

    protected override string ClusterName => "test";

    [Fact]
    public async Task A_node_of_another_cluster_is_refused_by_name()
    {
        var refused = Assert.IsType<JoinResult.Refused>(await _store!.Membership.JoinAsync(Request("a") with { Cluster = "other" }));
        Assert.Equal("wrong-cluster", refused.Code);
        var closed = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = _connection, Cluster = "other" }, TimeProvider.System));
        Assert.Contains("belongs to cluster 'test'", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_takeover_nothing_of_the_old_epoch_is_ever_stored_however_they_race()
    {
        var stores = new List<PostgresStore> { _store!, await OpenAnotherAsync() };
        var (a, b) = (await JoinAsync("a"), await JoinAsync("b"));
        for (var round = 0; round < 60; round++)
        {
            var name = $"race{round}";
            var old = ((AcquireResult.Acquired)await stores[0].Leases.AcquireAsync(name, a)).Token;
            var appended = new ConcurrentBag<long>();
            var writing = Task.Run(async () =>
            {
                for (var n = 0; ; n++)
                {
                    switch (await stores[0].Journal.AppendAsync(new AppendRequest(name, n, old, Guid.CreateVersion7(), [new JournalEntry("old.v1", "{}")])))
                    {
                        case AppendResult.Appended stored:
                            appended.Add(stored.LastSequenceNumber);
                            break;
                        default:
                            return;
                    }
                }
            });
            while (appended.Count < round % 7)
            {
                await Task.Yield();
            }

            Assert.True(await stores[1].Leases.ReleaseAsync(old));
            var next = ((AcquireResult.Acquired)await stores[1].Leases.AcquireAsync(name, b)).Token;
            var seen = await CountAsync(stores[1], name);
            await writing;
            Assert.Equal(seen, await CountAsync(stores[1], name));
            Assert.Equal(appended.Count, seen);
            Assert.IsType<AppendResult.Appended>(await stores[1].Journal.AppendAsync(new AppendRequest(name, seen, next, Guid.CreateVersion7(), [new JournalEntry("new.v1", "{}")])));
        }

        await stores[1].DisposeAsync();
    }

    [Fact]
    public async Task Two_candidates_never_both_get_a_grant()
    {
        await using var other = await OpenAnotherAsync();
        var (a, b) = (await JoinAsync("a"), await JoinAsync("b"));
        for (var round = 0; round < 100; round++)
        {
            var results = await Task.WhenAll(
                Task.Run(async () => await _store!.Leases.AcquireAsync($"g{round}", a)),
                Task.Run(async () => await other.Leases.AcquireAsync($"g{round}", b)));
            Assert.Single(results.OfType<AcquireResult.Acquired>());
            Assert.Single(results.OfType<AcquireResult.HeldBy>());
        }
    }

    [Fact]
    public async Task Many_who_open_an_empty_database_at_once_agree_on_one_store()
    {
        var connection = await postgres.NewDatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = connection, Cluster = "test" }, TimeProvider.System))));
        Assert.Single(stores.Select(store => store.StoreId).Distinct());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using (var connection = new NpgsqlConnection(_connection.Replace($"127.0.0.1:{postgres.Server.Port}", $"127.0.0.1;Port={postgres.Server.Port}", StringComparison.Ordinal)))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("insert into schema_version(version) values (999)", connection);
            await command.ExecuteNonQueryAsync();
        }

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = _connection, Cluster = "test" }, TimeProvider.System));
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
    }

    protected override async Task<(IMembershipTable Members, ILeaseStore Leases, IJournal Journal)> OpenAsync()
    {
        _connection = await postgres.NewDatabaseAsync();
        _store = await OpenAnotherAsync();
        return (_store.Membership, _store.Leases, _store.Journal);
    }

    /// <summary>The store's clock cannot be turned: leases are moved into the past instead.</summary>
    protected override async Task PassAsync(TimeSpan time)
    {
        await using var connection = new NpgsqlConnection(_connection.Replace($"127.0.0.1:{postgres.Server.Port}", $"127.0.0.1;Port={postgres.Server.Port}", StringComparison.Ordinal));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("update node set renewed_at = renewed_at - @time, expires_at = expires_at - @time", connection);
        command.Parameters.AddWithValue("@time", time);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task DisposeAsync() => await _store!.DisposeAsync();

    private Task<PostgresStore> OpenAnotherAsync() => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = _connection, Cluster = "test" }, TimeProvider.System);

    private static async Task<int> CountAsync(PostgresStore store, string stream)
    {
        var count = 0;
        await foreach (var _ in store.Journal.ReadStreamAsync(stream, 1))
        {
            count++;
        }

        return count;
    }
}
