using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// The store of a cluster: a PostgreSQL primary, found among the hosts of the connection string. What must be agreed on is decided by its
/// transactions and its clock. Nothing here is cached that a transaction does not check again.
/// </summary>
public sealed class PostgresStore : IAsyncDisposable
{
    private readonly PostgresConnections _connections;
    private readonly PostgresDoorbell _doorbell;
    private readonly PostgresGeneration _generation;

    private PostgresStore(PostgresConnections connections, string cluster, Guid storeId, PostgresGeneration generation, TimeProvider time, ILogger log)
    {
        (_connections, StoreId, _generation) = (connections, storeId, generation);
        _doorbell = new PostgresDoorbell(connections, time, log);
        Journal = new PostgresJournal(connections, generation);
        Snapshots = new PostgresSnapshotStore(connections);
        Outbox = new PostgresOutbox(connections);
        Leases = new PostgresLeaseStore(connections);
        Membership = new PostgresMembershipTable(connections, storeId, cluster, generation);
    }

    /// <summary>Identity of the store.</summary>
    public Guid StoreId { get; }

    /// <summary>Raised at each promotion and restore; the high half of every epoch.</summary>
    public long Generation => _generation.Current;

    /// <summary>The journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The snapshots.</summary>
    public ISnapshotStore Snapshots { get; }

    /// <summary>The outbox.</summary>
    public IOutbox Outbox { get; }

    /// <summary>The grants.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>The members.</summary>
    public IMembershipTable Membership { get; }

    /// <summary>Hints between nodes.</summary>
    public IDoorbell Doorbell => _doorbell;

    /// <summary>Finds the primary and brings its schema up to date.</summary>
    /// <exception cref="StoreRefusedException">The database belongs to another cluster, or a newer version has written to it.</exception>
    /// <exception cref="JournalUnavailableException">No primary answers.</exception>
    public static async Task<PostgresStore> OpenAsync(PostgresOptions options, TimeProvider time, ILogger? log = null)
    {
        var connections = new PostgresConnections(options, time);
        try
        {
            await connections.RunAsync(Lane.Work, static _ => Task.FromResult(true)).ConfigureAwait(false);
            var (storeId, generation) = await connections.RunAsync(Lane.Work, connection => PostgresMigrations.ApplyAsync(connection, options.Cluster, connections.Timeline)).ConfigureAwait(false);
            var generations = new PostgresGeneration(generation, log ?? NullLogger.Instance);
            await connections.RunAsync(Lane.Work, generations.ReadAsync).ConfigureAwait(false);
            return new PostgresStore(connections, options.Cluster, storeId, generations, time, log ?? NullLogger.Instance);
        }
        catch
        {
            await connections.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _doorbell.DisposeAsync().ConfigureAwait(false);
        await _connections.DisposeAsync().ConfigureAwait(false);
    }
}
