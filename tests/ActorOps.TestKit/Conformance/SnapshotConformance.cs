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
        Assert.Null(await _store.LoadAsync("k", 4));
        await _store.SaveAsync([new Snapshot("k", 6, "six"), new Snapshot("l", 1, "one")]);
        Assert.Equal("six", (await _store.LoadAsync("k"))!.Payload);
        Assert.Equal("one", (await _store.LoadAsync("l"))!.Payload);
    }

    [Fact]
    public async Task The_newest_are_kept_and_can_be_loaded_one_after_the_other()
    {
        foreach (var sequence in new[] { 10, 20, 30, 40 })
        {
            await _store.SaveAsync(new Snapshot("k", sequence, $"at {sequence}"), keep: 3);
        }

        Assert.Equal(40, (await _store.LoadAsync("k"))!.SequenceNumber);
        Assert.Equal(30, (await _store.LoadAsync("k", 39))!.SequenceNumber);
        Assert.Equal(20, (await _store.LoadAsync("k", 29))!.SequenceNumber);
        Assert.Null(await _store.LoadAsync("k", 19));
        await _store.SaveAsync(new Snapshot("k", 40, "again"), keep: 3);
        Assert.Equal("again", (await _store.LoadAsync("k"))!.Payload);
        Assert.Equal(20, (await _store.LoadAsync("k", 29))!.SequenceNumber);
    }
}
