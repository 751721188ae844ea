using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Postgres;
using ActorOps.TestKit.Conformance;

namespace ActorOps.Storage.Tests.Postgres;

[Collection(PostgresSuite.Name)]
[Trait("Needs", "Postgres")]
public sealed class PostgresJournalTests(PostgresFixture postgres) : JournalConformance
{
    private PostgresStore? _store;

    [Fact]
    public async Task A_cursor_that_is_none_is_refused_by_name()
    {
        foreach (var cursor in new[] { "x", "1.2", "1.-2.3", "9.1.1" })
        {
            var refused = await Assert.ThrowsAsync<FormatException>(async () => await _store!.Journal.ReadFeedAsync(cursor, 1));
            Assert.Contains(cursor, refused.Message, StringComparison.Ordinal);
        }
    }

    protected override async Task<(IJournal Journal, IOutbox Outbox, FencingToken Token)> OpenAsync()
    {
        _store = await TestStores.OpenAsync(await postgres.NewDatabaseAsync());
        var description = new NodeDescription("eu", [], "http://127.0.0.1:1", "0", 1, 1);
        var joined = (JoinResult.Joined)await _store.Membership.JoinAsync(new JoinRequest("n", Guid.NewGuid(), "test", description, TimeSpan.FromMinutes(5)));
        await _store.Membership.MoveAsync(joined.Key, MemberState.Joining, MemberState.Up);
        var acquired = (AcquireResult.Acquired)await _store.Leases.AcquireAsync("test", joined.Key);
        return (_store.Journal, _store.Outbox, acquired.Token);
    }

    public override async Task DisposeAsync() => await _store!.DisposeAsync();
}
