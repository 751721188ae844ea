using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;

namespace ActorOps.Storage.Tests.Postgres;

internal static class TestStores
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    /// <summary>For tests of what is stored: they ask once, and the machine may stand still for a second.</summary>
    public static PostgresOptions Patient(string connection, string cluster = "test") => new() { ConnectionString = connection, Cluster = cluster, AnswerWithin = Long, RenewWithin = Long };

    /// <summary>As <see cref="Patient"/> says.</summary>
    public static Task<PostgresStore> OpenAsync(string connection) => OpenAsync(Patient(connection), TimeProvider.System);

    /// <summary>For tests of what happens when there is no answer: with the limits of a node, which asks again.</summary>
    public static Task<PostgresStore> OpenAsNodeAsync(string connection, TimeProvider? time = null) =>
        OpenAsync(new PostgresOptions { ConnectionString = connection, Cluster = "test" }, time ?? TimeProvider.System);

    private static async Task<PostgresStore> OpenAsync(PostgresOptions options, TimeProvider time)
    {
        PostgresStore? store = null;
        await Waiting.For(async () =>
        {
            try
            {
                store = await PostgresStore.OpenAsync(options, time);
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
