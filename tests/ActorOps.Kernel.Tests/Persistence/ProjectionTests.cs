using ActorOps.Kernel.Persistence;

namespace ActorOps.Kernel.Tests.Persistence;

public class ProjectionTests
{
    private static readonly JsonEventCodec<CounterEvent> Codec = new(CounterJson.Default.CounterEvent);
    private readonly InMemoryJournal _journal = new(TimeProvider.System);
    private readonly Projection<CounterState, CounterEvent> _projection;
    private Action? _duringApply;

    public ProjectionTests() => _projection = New();

    [Fact]
    public async Task Records_are_folded_once_whatever_the_order_in_which_the_news_come()
    {
        for (var i = 1; i <= 5; i++)
        {
            await AppendAsync(i);
        }

        var records = await _journal.ReadFeedAsync(null, 10);
        await _projection.OfferAsync(records[0], _journal);
        await _projection.OfferAsync(records[0], _journal);
        Assert.Equal((1L, 1L), (_projection.State.Total, _projection.SequenceNumber));

        // The third before the second: what lies between is read.
        await _projection.OfferAsync(records[2], _journal);
        Assert.Equal((15L, 5L), (_projection.State.Total, _projection.SequenceNumber));
        await _projection.OfferAsync(records[1], _journal);
        Assert.Equal(15, _projection.State.Total);
    }

    [Fact]
    public async Task A_writer_in_the_same_process_is_ahead_of_the_feed_and_is_not_set_back_by_it()
    {
        var steps = new List<(long Before, long After)>();
        _projection.Changed = (before, after) => steps.Add((before.Total, after.Total));
        await AppendAsync(7);
        _projection.Advance(new CounterState(7, 1), 1);
        _projection.Advance(new CounterState(3, 1), 1);
        await _projection.CatchUpAsync(_journal);
        Assert.Equal([(0L, 7L)], steps);
    }

    [Fact]
    public async Task Whoever_waits_for_an_event_is_told_when_the_state_holds_it()
    {
        var second = _projection.ReachedAsync(2);
        await AppendAsync(1);
        await _projection.CatchUpAsync(_journal);
        Assert.False(second.IsCompleted);
        await AppendAsync(1);
        await _projection.CatchUpAsync(_journal);
        await second.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(_projection.ReachedAsync(1).IsCompleted);
    }

    [Fact]
    public async Task A_store_that_lost_events_is_believed_and_the_loss_is_told()
    {
        await AppendAsync(1);
        _projection.Advance(new CounterState(100, 9), 9);
        Assert.True(await _projection.ReloadAsync(_journal));
        Assert.Equal((1L, 1L), (_projection.State.Total, _projection.SequenceNumber));
        Assert.False(await _projection.ReloadAsync(_journal));
    }

    [Fact]
    public async Task What_was_read_before_a_reload_does_not_bring_back_what_the_store_has_lost()
    {
        await AppendAsync(1);
        await _projection.CatchUpAsync(_journal);
        await AppendAsync(2);
        var records = await _journal.ReadFeedAsync(null, 10);
        _duringApply = () => _projection.ReloadAsync(new InMemoryJournal(TimeProvider.System)).AsTask().Wait();
        await _projection.CatchUpAsync(_journal);
        Assert.Equal(0, _projection.SequenceNumber);

        _duringApply = () => _projection.ReloadAsync(new InMemoryJournal(TimeProvider.System)).AsTask().Wait();
        await _projection.OfferAsync(records[0], _journal);
        Assert.Equal(0, _projection.SequenceNumber);

        // What is read after it counts.
        _duringApply = null;
        await _projection.CatchUpAsync(_journal);
        Assert.Equal((3L, 2L), (_projection.State.Total, _projection.SequenceNumber));
    }

    [Fact]
    public async Task What_is_stored_while_a_reload_reads_is_neither_missed_nor_taken_for_a_loss()
    {
        await AppendAsync(1);
        await _projection.CatchUpAsync(_journal);
        _duringApply = () =>
        {
            // By a writer in the same process, which is ahead of the reading.
            _duringApply = null;
            _projection.Advance(new CounterState(9, 5), 5);
        };
        Assert.False(await _projection.ReloadAsync(_journal));
        Assert.Equal(1, _projection.SequenceNumber);

        _duringApply = () =>
        {
            _duringApply = null;
            _projection.Changed = (_, _) =>
            {
                _projection.Changed = null;
                AppendAsync(2).Wait();
            };
        };
        Assert.False(await _projection.ReloadAsync(_journal));
        Assert.Equal((3L, 2L), (_projection.State.Total, _projection.SequenceNumber));
    }

    private Projection<CounterState, CounterEvent> New() => new("c", new CounterState(0, 0), Codec, (state, e) =>
    {
        _duringApply?.Invoke();
        return new CounterState(state.Total + ((CounterEvent.Added)e).Amount, state.Events + 1);
    });

    private async Task AppendAsync(int amount)
    {
        var end = 0L;
        await foreach (var record in _journal.ReadStreamAsync("c", 1))
        {
            end = record.SequenceNumber;
        }

        await _journal.AppendAsync(new AppendRequest("c", end, null, Guid.NewGuid(), [Codec.Encode(new CounterEvent.Added(amount))]));
    }
}
