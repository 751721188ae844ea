using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using ActorOps.TestKit.Conformance;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Sqlite;

public sealed class SqliteLeaseStoreTests : ClusterConformance
{
    private readonly TemporaryDirectory _directory = new();
    private readonly VirtualTimeProvider _time = new();
    private SqliteStore? _store;

    protected override string ClusterName => "any";

    [Fact]
    public async Task Whoever_opens_the_store_next_finds_everybody_before_it_dead_and_every_grant_free()
    {
        var a = await JoinAsync("a");
        var token = Assert.IsType<AcquireResult.Acquired>(await _store!.Leases.AcquireAsync("x", a)).Token;
        await _store.DisposeAsync();
        _store = SqliteStore.Open(_directory.File("store.db"), _time, NullLogger.Instance);
        var view = await _store.Membership.ReadAsync();
        Assert.Equal(MemberState.Down, view.Find(a)!.State);
        Assert.Equal(GrantPhase.Free, Assert.Single(view.Grants).Phase);
        Assert.IsType<AppendResult.Fenced>(await _store.Journal.AppendAsync(new AppendRequest("s", 0, token, Guid.CreateVersion7(), [new JournalEntry("test.v1", "{}")])));
    }

    protected override Task<(IMembershipTable Members, ILeaseStore Leases, IJournal Journal)> OpenAsync()
    {
        _store = SqliteStore.Open(_directory.File("store.db"), _time, NullLogger.Instance);
        return Task.FromResult((_store.Membership, _store.Leases, _store.Journal));
    }

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public override async Task DisposeAsync()
    {
        await _store!.DisposeAsync();
        _directory.Dispose();
    }
}
