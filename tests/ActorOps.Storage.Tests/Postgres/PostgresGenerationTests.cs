using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;

namespace ActorOps.Storage.Tests.Postgres;

[Trait("Needs", "Postgres")]
public sealed class PostgresGenerationTests
{
    [Fact]
    public async Task After_a_failover_nothing_acknowledged_is_missing_old_epochs_are_over_and_the_same_holder_gets_a_new_one()
    {
        await using var primary = await PostgresServer.StartAsync();
        var connection = await primary.DatabaseAsync("failover");
        await using var standby = await primary.StartStandbyAsync();
        await primary.ReloadAsync("synchronous_standby_names=*", "synchronous_commit=on");
        await using var store = await PostgresStore.OpenAsync(
            new PostgresOptions { ConnectionString = connection.Replace($":{primary.Port}", $":{primary.Port},127.0.0.1:{standby.Port}", StringComparison.Ordinal), Cluster = "test" }, TimeProvider.System);
        var description = new NodeDescription("eu", [], "http://127.0.0.1:1", "0", 1, 1);
        var key = ((JoinResult.Joined)await store.Membership.JoinAsync(new JoinRequest("n", Guid.NewGuid(), "test", description, TimeSpan.FromMinutes(1)))).Key;
        await store.Membership.MoveAsync(key, MemberState.Joining, MemberState.Up);
        var old = ((AcquireResult.Acquired)await store.Leases.AcquireAsync("x", key)).Token;
        for (var n = 0; n < 50; n++)
        {
            Assert.IsType<AppendResult.Appended>(await AppendAsync(store, old, n));
        }

        await primary.StopAsync("immediate");
        await standby.PromoteAsync();
        RenewResult.Renewed? renewed = null;
        await Waiting.For(async () => (renewed = await TryRenewAsync(store, key)) is not null, TimeSpan.FromSeconds(20));
        Assert.Equal(2, renewed!.View.Generation);
        Assert.IsType<AppendResult.Fenced>(await AppendAsync(store, old, 50));
        var next = ((AcquireResult.Acquired)await store.Leases.AcquireAsync("x", key)).Token;
        Assert.True(next.Epoch > old.Epoch);
        Assert.Equal(new AppendResult.Appended(51), await AppendAsync(store, next, 50));
        Assert.Null(await store.Journal.VerifyChainAsync("s"));
    }

    private static async Task<RenewResult.Renewed?> TryRenewAsync(PostgresStore store, NodeKey key)
    {
        try
        {
            return store.Membership.Renew(key) as RenewResult.Renewed;
        }
        catch (JournalUnavailableException)
        {
            return null;
        }
    }

    private static Task<AppendResult> AppendAsync(PostgresStore store, FencingToken token, long expected) =>
        store.Journal.AppendAsync(new AppendRequest("s", expected, token, Guid.CreateVersion7(), [new JournalEntry("test.v1", "{}")])).AsTask();
}
