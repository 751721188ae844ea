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
        var closed = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresStore.OpenAsync(TestStores.Patient(_connection, "other"), TimeProvider.System));
        Assert.Contains("belongs to cluster 'test'", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_takeover_nothing_of_the_old_epoch_is_ever_stored_however_they_race()
    {
        // Long appends from several writers: without the lock on the grant's row, some are stored after the successor has read what there is.
        const int writers = 4;
        await using var successor = await OpenAnotherAsync();
        var (a, b) = (await JoinAsync("a"), await JoinAsync("b"));
        for (var round = 0; round < 50; round++)
        {
            var name = $"race{round}";
            var old = ((AcquireResult.Acquired)await _store!.Leases.AcquireAsync(name, a)).Token;
            var appended = new ConcurrentBag<int>();
            var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteUntilFencedAsync($"{name}-{writer}", old, appended))));
            while (appended.Count < round % 7)
            {
                await Task.Yield();
            }

            Assert.True(await successor.Leases.ReleaseAsync(old));
            var next = ((AcquireResult.Acquired)await successor.Leases.AcquireAsync(name, b)).Token;
            var seen = await CountAsync(name, writers);
            await writing;
            Assert.Equal(seen, await CountAsync(name, writers));
            Assert.Equal(appended.Sum(), seen);
            Assert.IsType<AppendResult.Appended>(await successor.Journal.AppendAsync(new AppendRequest($"{name}-next", 0, next, Guid.CreateVersion7(), [new JournalEntry("new.v1", "{}")])));
        }
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
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestStores.OpenAsync(connection))));
        Assert.Single(stores.Select(store => store.StoreId).Distinct());
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using (var connection = await OpenDirectAsync())
        {
            await using var command = new NpgsqlCommand("insert into schema_version(version) values (999)", connection);
            await command.ExecuteNonQueryAsync();
        }

        var refused = await Assert.ThrowsAsync<StoreRefusedException>(() => PostgresStore.OpenAsync(TestStores.Patient(_connection), TimeProvider.System));
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
        await using var connection = await OpenDirectAsync();
        await using var command = new NpgsqlCommand("update node set renewed_at = renewed_at - @time, expires_at = expires_at - @time", connection);
        command.Parameters.AddWithValue("@time", time);
        await command.ExecuteNonQueryAsync();
    }

    public override async Task DisposeAsync() => await _store!.DisposeAsync();

    /// <summary>Past the store, with the driver's own form of a port.</summary>
    private async Task<NpgsqlConnection> OpenDirectAsync()
    {
        var connection = new NpgsqlConnection(_connection.Replace($"127.0.0.1:{postgres.Server.Port}", $"127.0.0.1;Port={postgres.Server.Port}", StringComparison.Ordinal));
        await connection.OpenAsync();
        return connection;
    }

    private Task<PostgresStore> OpenAnotherAsync() => TestStores.OpenAsync(_connection);

    private async Task WriteUntilFencedAsync(string stream, FencingToken token, ConcurrentBag<int> appended)
    {
        var entries = Enumerable.Repeat(new JournalEntry("old.v1", new string('x', 200)), 400).ToList();
        for (long sequence = 0; await _store!.Journal.AppendAsync(new AppendRequest(stream, sequence, token, Guid.CreateVersion7(), entries)) is AppendResult.Appended stored; sequence = stored.LastSequenceNumber)
        {
            appended.Add(entries.Count);
        }
    }

    private async Task<long> CountAsync(string prefix, int streams)
    {
        await using var connection = await OpenDirectAsync();
        await using var command = new NpgsqlCommand("select count(*) from journal where stream = any(@streams)", connection);
        command.Parameters.AddWithValue("streams", Enumerable.Range(0, streams).Select(stream => $"{prefix}-{stream}").ToArray());
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
