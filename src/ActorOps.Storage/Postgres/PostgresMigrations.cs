using System.Globalization;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// Brings a database to this version's schema under a lock, one numbered script at a time, each in a transaction. Never goes back. Scripts only
/// add, so that nodes of the previous version keep working.
/// </summary>
internal static class PostgresMigrations
{
    /// <summary>Transaction-scoped, so that a connection pooler in between cannot lose it.</summary>
    private const long LockKey = 0x4163_746F_724F_7073;

    public static int Latest => Scripts.Migrations("postgres").Max(script => script.Version);

    /// <summary>The store's identity, generation and the secret of its nodes.</summary>
    /// <exception cref="StoreRefusedException">Of another cluster, or written by a newer version.</exception>
    public static async Task<(Guid StoreId, long Generation, string LinkKey)> ApplyAsync(NpgsqlConnection connection, string cluster, long timeline)
    {
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await connection.ExecuteAsync("set local statement_timeout = 0; set local lock_timeout = 0").ConfigureAwait(false);
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@key)", ("@key", LockKey)).ConfigureAwait(false);
        await connection.ExecuteAsync("create table if not exists schema_version(version integer primary key, at timestamptz not null default clock_timestamp())").ConfigureAwait(false);
        var current = await connection.ScalarAsync<int>("select coalesce(max(version), 0) from schema_version").ConfigureAwait(false);
        if (current > Latest)
        {
            throw new StoreRefusedException($"The database has schema {current.ToString(CultureInfo.InvariantCulture)}, this version knows {Latest.ToString(CultureInfo.InvariantCulture)}: it was written by a newer version; run that one. Nothing was changed.");
        }

        foreach (var (version, text) in Scripts.Migrations("postgres").Where(script => script.Version > current))
        {
            await connection.ExecuteAsync(text).ConfigureAwait(false);
            await connection.ExecuteAsync("insert into schema_version(version) values (@version)", ("@version", version)).ConfigureAwait(false);
        }

        await connection.ExecuteAsync(
            "insert into store_meta(cluster, store_id, generation, timeline) values (@cluster, gen_random_uuid(), 1, @timeline) on conflict do nothing",
            ("@cluster", cluster),
            ("@timeline", timeline)).ConfigureAwait(false);
        using var read = connection.Command("select cluster, store_id, generation, link_key from store_meta");
        await using var reader = await read.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        var (owner, storeId, generation, linkKey) = (reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), reader.GetString(3));
        await reader.CloseAsync().ConfigureAwait(false);
        if (owner != cluster)
        {
            throw new StoreRefusedException($"The database belongs to cluster '{owner}', this node to '{cluster}'. Nothing was changed; correct actorops.cluster.name or the connection string.");
        }

        await transaction.CommitAsync().ConfigureAwait(false);
        return (storeId, generation, linkKey);
    }
}
