using ActorOps.Kernel.Persistence;
using ActorOps.Server.Configuration;
using ActorOps.Storage;
using ActorOps.Storage.Postgres;
using ActorOps.Storage.Sqlite;

namespace ActorOps.Server.Hosting;

/// <summary>Opens the store that the configuration names. A database that does not answer is waited for: the node may have started first.</summary>
internal static class StoreOpening
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <exception cref="StoreRefusedException">Another cluster's, damaged, or written by a newer version.</exception>
    public static async Task<IStore> OpenAsync(NodeOptions options, string directory, TimeProvider time, ILogger log, Action<string> say, CancellationToken cancellation)
    {
        if (!options.Cluster.IsShared)
        {
            return SqliteStore.Open(Path.Combine(directory, "store.db"), time, log);
        }

        var told = false;
        while (true)
        {
            try
            {
                return await PostgresStore.OpenAsync(Settings(options.Cluster), time, log).ConfigureAwait(false);
            }
            catch (JournalUnavailableException unavailable)
            {
                ServerLog.StoreAwaited(log, unavailable.Message);
                if (!told)
                {
                    say($"waiting for the database: {unavailable.Message}");
                    told = true;
                }

                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
        }
    }

    public static PostgresOptions Settings(ClusterOptions cluster) => new()
    {
        ConnectionString = cluster.Database.Reveal(),
        Cluster = cluster.Name,
        Connections = cluster.Connections,
    };
}
