using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit.Conformance;

/// <summary>What every engine's snapshot store promises.</summary>
public abstract class SnapshotConformance : IAsyncLifetime
{
    private ISnapshotStore _store = null!;

    protected abstract Task<ISnapshotStore> OpenAsync();

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_latest_snapshot_comes_back_and_an_older_one_changes_nothing()
    {
        Assert.Null(await _store.LoadAsync("k"));
        await _store.SaveAsync(new Snapshot("k", 5, "five"));
        await _store.SaveAsync(new Snapshot("k", 3, "three"));
        Assert.Equal(new Snapshot("k", 5, "five"), await _store.LoadAsync("k"));
        await _store.SaveAsync([new Snapshot("k", 6, "six"), new Snapshot("l", 1, "one")]);
        Assert.Equal("six", (await _store.LoadAsync("k"))!.Payload);
        Assert.Equal("one", (await _store.LoadAsync("l"))!.Payload);
    }
}
