using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Backups;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// The store of a cluster: a PostgreSQL primary, found among the hosts of the connection string. What must be agreed on is decided by its
/// transactions and its clock. Nothing here is cached that a transaction does not check again.
/// </summary>
public sealed class PostgresStore : IStore
{
    private readonly PostgresConnections _connections;
    private readonly PostgresDoorbell _doorbell;
    private readonly PostgresGeneration _generation;

    private PostgresStore(PostgresConnections connections, string cluster, Guid storeId, string linkKey, PostgresGeneration generation, PostgresView view, TimeProvider time, ILogger log)
    {
        (_connections, StoreId, LinkKey, _generation) = (connections, storeId, linkKey, generation);
        _doorbell = new PostgresDoorbell(connections, time, log);
        Journal = new RingingJournal(new PostgresJournal(connections, generation), _doorbell.Journal);
        Snapshots = new PostgresSnapshotStore(connections);
        Outbox = new PostgresOutbox(connections);
        Leases = new PostgresLeaseStore(connections);
        Membership = new PostgresMembershipTable(connections, cluster, view);
    }

    /// <inheritdoc/>
    public string Engine => "postgres";

    /// <inheritdoc/>
    public Guid StoreId { get; }

    /// <inheritdoc/>
    public long Generation => _generation.Current;

    /// <summary>Secret that nodes prove to each other.</summary>
    public string LinkKey { get; }

    /// <inheritdoc/>
    public IJournal Journal { get; }

    /// <inheritdoc/>
    public ISnapshotStore Snapshots { get; }

    /// <inheritdoc/>
    public IOutbox Outbox { get; }

    /// <inheritdoc/>
    public ILeaseStore Leases { get; }

    /// <inheritdoc/>
    public IMembershipTable Membership { get; }

    /// <inheritdoc/>
    public IDoorbell Doorbell => _doorbell.Cluster;

    /// <inheritdoc/>
    public IDoorbell JournalDoorbell => _doorbell.Journal;

    /// <inheritdoc/>
    public TimeSpan ClockOffset => _connections.ClockOffset;

    /// <inheritdoc/>
    public Action<bool>? Promoted
    {
        get => _generation.Promoted;
        set => _generation.Promoted = value;
    }

    /// <summary>Finds the primary and brings its schema up to date.</summary>
    /// <exception cref="StoreRefusedException">The database belongs to another cluster, or a newer version has written to it.</exception>
    /// <exception cref="JournalUnavailableException">No primary answers.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresOptions options, TimeProvider time, ILogger? log = null)
    {
        var connections = new PostgresConnections(options, time);
        try
        {
            await connections.RunAsync(Lane.Work, static _ => Task.FromResult(true)).ConfigureAwait(false);
            var (storeId, generation, linkKey) = await connections.RunAsync(Lane.Work, connection => PostgresMigrations.ApplyAsync(connection, options.Cluster, connections.Timeline)).ConfigureAwait(false);
            var generations = new PostgresGeneration(generation, log ?? NullLogger.Instance);
            var view = new PostgresView(storeId, generations);
            await connections.RunAsync(Lane.Work, connection => Task.FromResult(view.Read(connection))).ConfigureAwait(false);
            return new PostgresStore(connections, options.Cluster, storeId, linkKey, generations, view, time, log ?? NullLogger.Instance);
        }
        catch (JournalUnavailableException pooled) when (pooled.Message.Contains("unsupported startup parameter", StringComparison.Ordinal))
        {
            await connections.DisposeAsync().ConfigureAwait(false);
            throw new StoreRefusedException($"A connection pooler answers in place of the database ({pooled.Message}). Leases and deadlines need the server itself: give actorops.cluster.connection its own address and port.", pooled);
        }
        catch
        {
            await connections.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Fills a database without events or members from a backup of any engine, all or nothing. No node may be open on it.</summary>
    /// <exception cref="StoreRefusedException">There is something in it already; it was left as it is.</exception>
    /// <exception cref="BackupDamagedException">The backup must not be believed; nothing was stored.</exception>
    public static async Task<BackupSummary> RestoreAsync(PostgresOptions options, string backup, TimeProvider time)
    {
        var store = await OpenAsync(options, time).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            return await store.AloneAsync(connection => PostgresBackup.RestoreAsync(connection, backup)).ConfigureAwait(false);
        }
    }

    /// <summary>Writes a backup while the store is in use: everything committed when it begins, nothing later. Nobody is held up.</summary>
    /// <exception cref="IOException">It could not be written; nothing of it is left.</exception>
    public Task<BackupSummary> BackUpAsync(string path) => AloneAsync(connection => PostgresBackup.CreateAsync(connection, path));

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _doorbell.DisposeAsync().ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>On a connection of its own, for work that takes as long as it takes.</summary>
    private async Task<T> AloneAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            var connection = await _connections.OpenAloneAsync(CancellationToken.None).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                return await work(connection).ConfigureAwait(false);
            }
        }
        catch (NpgsqlException error)
        {
            throw new JournalUnavailableException($"The database refused or did not answer: {error.Message}", error);
        }
    }
}
