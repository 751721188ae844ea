using System.Globalization;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Backups;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ActorOps.Storage.Sqlite;

/// <summary>
/// The embedded store: one file, one writer connection on its own thread with group commit, WAL, synchronous FULL. The process owns the
/// file through its data directory's lock; each open raises the generation, which is the high half of every epoch, so a writer of an
/// earlier open is fenced.
/// </summary>
public sealed class SqliteStore : IStore
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly TimeProvider _time;

    private SqliteStore(string path, SqliteWriter writer, Guid storeId, long generation, TimeProvider time)
    {
        (_writer, StoreId, _time, Generation) = (writer, storeId, time, generation);
        var readers = _readers = new SqliteReaders(path);
        var appender = new SqliteAppender(Epoch, time);
        Journal = new RingingJournal(new SqliteJournal(writer, readers, appender), JournalDoorbell);
        Leases = new SqliteLeaseStore(writer, readers, appender, generation);
        Membership = new SqliteMembershipTable(writer, readers, appender, storeId, generation, time);
        Snapshots = new SqliteSnapshotStore(writer, readers);
        Outbox = new SqliteOutbox(writer, readers, time);
    }

    /// <inheritdoc/>
    public string Engine => "sqlite";

    /// <inheritdoc/>
    public Guid StoreId { get; }

    /// <summary>Opens of this store so far.</summary>
    public long Generation { get; }

    /// <summary>Epoch of every grant in this process: a lone node holds all of them.</summary>
    public long Epoch => (Generation << 32) | 1;

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

    /// <inheritdoc/>
    public IDoorbell Doorbell { get; } = new LocalDoorbell();

    /// <inheritdoc/>
    public IDoorbell JournalDoorbell { get; } = new LocalDoorbell();

    /// <inheritdoc/>
    public TimeSpan ClockOffset => TimeSpan.Zero;

    /// <inheritdoc/>
    public Action<bool>? Promoted { get; set; }

    /// <summary>Opens or creates the store at a path whose directory the caller has locked.</summary>
    /// <exception cref="StoreRefusedException">Not a database, damaged, of a newer schema, or not writable; the file is left as it is.</exception>
    public static SqliteStore Open(string path, TimeProvider time, ILogger log)
    {
        SQLitePCL.Batteries_V2.Init();
        SqliteConnection? connection = null;
        try
        {
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            Check(connection, path);
            connection.Execute("pragma journal_mode = wal; pragma synchronous = full; pragma locking_mode = normal; pragma temp_store = memory;");
            SqliteMigrations.Apply(connection, path);
            connection.Execute(SqliteStatements.Text("end-everybody"));
            var generation = RaiseGeneration(connection);
            return new SqliteStore(path, new SqliteWriter(connection, log), ReadStoreId(connection), generation, time);
        }
        catch (SqliteException error)
        {
            connection?.Dispose();
            throw new StoreRefusedException($"Cannot open the store {path}: {error.Message} It was left as it is; restore it from a backup, or free disk space if that is the cause.", error);
        }
        catch (StoreRefusedException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>Fills a new store from a backup, all or nothing. The next open raises the generation above the backup's.</summary>
    /// <exception cref="StoreRefusedException">There is a store already; it was left as it is.</exception>
    /// <exception cref="BackupDamagedException">The backup must not be believed; nothing was made.</exception>
    public static BackupSummary Restore(string path, string backup)
    {
        if (File.Exists(path))
        {
            throw new StoreRefusedException($"There is a store at {path} already. It was left as it is; move it away first if the backup is to take its place.");
        }

        SQLitePCL.Batteries_V2.Init();
        var temporary = path + ".restoring";
        File.Delete(temporary);
        try
        {
            BackupSummary summary;
            using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = temporary, Pooling = false }.ToString()))
            {
                connection.Open();
                connection.Execute("pragma synchronous = full");
                SqliteMigrations.Apply(connection, temporary);
                summary = SqliteBackup.Restore(connection, backup);
            }

            File.Move(temporary, path);
            DirectoryFlush.For(path);
            return summary;
        }
        catch (SqliteException error)
        {
            throw new StoreRefusedException($"The backup could not be restored to {path}: {error.Message} Nothing was made.", error);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a backup while the store is in use: everything committed when it begins, nothing later. Writers are not held up.</summary>
    /// <exception cref="IOException">It could not be written; nothing of it is left.</exception>
    public Task<BackupSummary> BackUpAsync(string path) => Task.Run(() =>
    {
        try
        {
            return SqliteBackup.Create(_readers, path, StoreId, Generation, _time.GetUtcNow());
        }
        catch (SqliteException error)
        {
            throw new JournalUnavailableException($"The store cannot be read: {error.Message}", error);
        }
    });

    /// <summary>Finishes what is queued and closes the file.</summary>
    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static void Check(SqliteConnection connection, string path)
    {
        var verdict = connection.Scalar<string>("pragma quick_check(1)");
        if (verdict != "ok")
        {
            throw new StoreRefusedException($"The store {path} is damaged: {verdict}. It was left as it is; restore it from a backup.");
        }
    }

    private static Guid ReadStoreId(SqliteConnection connection)
    {
        connection.Execute("insert into store_meta(key, value) values ('store-id', @value) on conflict do nothing", ("@value", Guid.CreateVersion7().ToString()));
        return Guid.Parse(connection.Scalar<string>("select value from store_meta where key = 'store-id'")!);
    }

    private static long RaiseGeneration(SqliteConnection connection)
    {
        var generation = long.Parse(connection.Scalar<string>("select value from store_meta where key = 'generation'") ?? "0", CultureInfo.InvariantCulture) + 1;
        connection.Execute(
            "insert into store_meta(key, value) values ('generation', @value) on conflict(key) do update set value = excluded.value",
            ("@value", generation.ToString(CultureInfo.InvariantCulture)));
        return generation;
    }
}
