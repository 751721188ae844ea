using ActorOps.PaperDesk.Feeds;
using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Running;

/// <summary>Carries the market's ticks over the feeds. A quiet market still repeats its quote once a second, as venues do.</summary>
internal sealed class MarketPump(DeskState state, Func<IEnumerable<MarketTick>> open, bool repeat) : IDisposable
{
    private IEnumerator<MarketTick> _ticks = open().GetEnumerator();
    private TimeSpan _offset;
    private bool _hasTick;
    private decimal _price;

    public bool Ended { get; private set; }

    public void Step(TimeSpan now)
    {
        var fresh = false;
        while (!Ended && (_hasTick || Next()) && _ticks.Current.Time + _offset <= now)
        {
            _price = _ticks.Current.Price;
            _hasTick = false;
            fresh = true;
        }

        if (_price == 0)
        {
            return;
        }

        foreach (var feed in state.Feeds)
        {
            if ((fresh || now - feed.LastAt >= state.Clock.Scale(TimeSpan.FromSeconds(1))) && !Stalled(feed))
            {
                feed.Receive(_price, now);
                state.Signals.Tick(feed.Id, _price, feed.Sequence, TimeSpan.FromMilliseconds(feed.Backup is null ? 12 : 4));
            }
        }
    }

    public void Dispose() => _ticks.Dispose();

    private bool Stalled(PaperFeed feed) => state.Faults.Active("feed-stall", state.Clock.Elapsed, feed.Id, isUsual: feed.Backup is not null) is not null;

    private bool Next()
    {
        var before = _hasTick ? _ticks.Current.Time : TimeSpan.Zero;
        if (_ticks.MoveNext())
        {
            return _hasTick = true;
        }

        if (!repeat)
        {
            Ended = true;
            return false;
        }

        _offset = state.Clock.Now;
        _ticks.Dispose();
        _ticks = open().GetEnumerator();
        return _hasTick = _ticks.MoveNext();
    }
}
