using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public class FeedFollowerTests
{
    private static readonly JsonEventCodec<CounterEvent> Codec = new(CounterJson.Default.CounterEvent);
    private readonly InMemoryJournal _journal = new(TimeProvider.System);
    private readonly Projection<CounterState, CounterEvent> _projection = new("c", new CounterState(0, 0), Codec, (state, e) => new CounterState(state.Total + ((CounterEvent.Added)e).Amount, state.Events + 1));
    private readonly List<string> _heard = [];

    [Fact]
    public async Task It_begins_at_the_present_and_hands_on_every_record_after_it_in_order()
    {
        await AppendAsync("c", 0, 5);
        await AppendAsync("other", 0, 5);
        var follower = new FeedFollower(_journal, () => [_projection], stream => stream == "c" ? _projection : null) { Recorded = record => _heard.Add($"{record.Stream}#{record.SequenceNumber} {_projection.State.Total}") };
        await follower.StartAsync();
        Assert.Equal(5, _projection.State.Total);
        Assert.Equal(0, await follower.FollowAsync());
        await AppendAsync("other", 1, 1);
        await AppendAsync("c", 1, 2);
        Assert.Equal(2, await follower.FollowAsync());

        // The projection has it before anybody is told.
        Assert.Equal(["other#2 5", "c#2 7"], _heard);
    }

    [Fact]
    public async Task More_than_a_page_is_taken_in_one_go()
    {
        var follower = new FeedFollower(_journal, () => [_projection], _ => _projection);
        await follower.StartAsync();
        for (var i = 0; i < 450; i++)
        {
            await AppendAsync("c", i, 1);
        }

        Assert.Equal(450, await follower.FollowAsync());
        Assert.Equal(450, _projection.State.Total);
    }

    [Fact]
    public async Task After_the_store_was_replaced_it_follows_the_new_one_and_projections_have_missed_nothing()
    {
        var follower = new FeedFollower(_journal, () => [_projection], _ => _projection) { Recorded = record => _heard.Add($"{record.Stream}#{record.SequenceNumber}") };
        await AppendAsync("c", 0, 1);
        await follower.StartAsync();
        await AppendAsync("c", 1, 2);
        _journal.Generation++;
        Assert.Equal(0, await follower.FollowAsync());
        Assert.Equal(3, _projection.State.Total);
        await AppendAsync("c", 2, 4);
        Assert.Equal(1, await follower.FollowAsync());
        Assert.Equal(7, _projection.State.Total);
        Assert.Equal(["c#3"], _heard);
    }

    private async Task AppendAsync(string stream, long after, int amount) =>
        Assert.IsType<AppendResult.Appended>(await _journal.AppendAsync(new AppendRequest(stream, after, null, Guid.NewGuid(), [Codec.Encode(new CounterEvent.Added(amount))])));
}
