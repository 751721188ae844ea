using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;

namespace ActorOps.Storage.Tests.Postgres;

internal static class TestStores
{
    /// <summary>Opens a database that is there. Like a node, it asks again when one commit has taken too long: the machine's disk has other users.</summary>
    public static async Task<PostgresStore> OpenAsync(string connection, TimeProvider? time = null)
    {
        PostgresStore? store = null;
        await Waiting.For(async () =>
        {
            try
            {
                store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = connection, Cluster = "test" }, time ?? TimeProvider.System);
                return true;
            }
            catch (JournalUnavailableException)
            {
                return false;
            }
        });
        return store!;
    }
}
