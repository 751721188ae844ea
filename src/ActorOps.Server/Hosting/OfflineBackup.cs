using ActorOps.Kernel.Persistence;
using ActorOps.Server.Configuration;
using ActorOps.Storage.Backups;
using ActorOps.Storage.DataDirectories;
using ActorOps.Storage.Postgres;
using ActorOps.Storage.Sqlite;

namespace ActorOps.Server.Hosting;

/// <summary>What is done with a backup while no node runs.</summary>
internal static class OfflineBackup
{
    public static int Verify(string path, TextWriter output, TextWriter errors) => Run(errors, () =>
    {
        output.WriteLine("good: " + Text(BackupReader.Verify(path)));
    });

    /// <summary>Into the data directory of the configuration, which must have no store. A trip latch that is there stays, and is merged at the start.</summary>
    public static int Restore(string path, NodeConfiguration configuration, TextWriter output, TextWriter errors) => Run(errors, () =>
    {
        // Before anything is touched: a damaged backup leaves no trace.
        BackupReader.Verify(path);
        if (configuration.Options.Cluster.IsShared)
        {
            // This command is the whole process: the wait blocks nothing else.
            var restored = Task.Run(() => PostgresStore.RestoreAsync(StoreOpening.Settings(configuration.Options.Cluster), path, TimeProvider.System)).GetAwaiter().GetResult();
            output.WriteLine("restored: " + Text(restored));
            output.WriteLine("Each node merges the trips of its own latch when it starts. Trips that were made after the backup on nodes whose disks are lost too are missing: compare before the first reset.");
            return;
        }

        using var directory = DataDirectory.Open(configuration.Options.Data, configuration.Options.Node.Id);
        var summary = SqliteStore.Restore(Path.Combine(directory.Path, "store.db"), path);
        output.WriteLine("restored: " + Text(summary));
        output.WriteLine(File.Exists(Path.Combine(directory.Path, "trips.latch"))
            ? "The trip latch of this directory was kept: the next start merges it with the restored journal."
            : "There is no trip latch here, so trips made after the backup may be missing: the next start is KILLED firm-wide until two people reset it.");
    });

    private static int Run(TextWriter errors, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or JournalUnavailableException)
        {
            errors.WriteLine(refused.Message);
            return 1;
        }
    }

    private static string Text(BackupSummary summary) =>
        $"{summary.Events} events, {summary.Snapshots} snapshots and {summary.Messages} messages of store {summary.StoreId}, generation {summary.Generation}, as of {summary.At:u}";
}
