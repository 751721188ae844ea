namespace ActorOps.PaperDesk.Running;

/// <summary>What the desk does by the clock: decide on each bar, report profit four times a second, heartbeats each second.</summary>
internal sealed class Schedule(DeskState state, OrderDesk orders)
{
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PnlInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Summary = TimeSpan.FromSeconds(5);

    /// <summary>Puts every score out of the range that the model was trained to give.</summary>
    private const double Drift = 2.1;
    private static readonly TimeSpan ShockLength = TimeSpan.FromSeconds(5);
    private TimeSpan _nextBar;
    private TimeSpan _nextPnl;
    private TimeSpan _nextBeat;
    private TimeSpan _nextSummary;
    private TimeSpan _lastShock;
    private readonly Dictionary<string, (long Decisions, long Refused)> _decisionsTold = [];
    private long _callsTold;
    private long _errorsTold;

    public void Step(TimeSpan now, decimal price)
    {
        Shock();
        var elapsed = state.Clock.Elapsed;
        if (now >= _nextBar)
        {
            // Bars lie on a grid of market time, whatever the loop's pace.
            var bar = state.Clock.Scale(Bar);
            _nextBar = bar * (Math.Floor(now / bar) + 1);
            DecideAll(now, price);
        }

        if (elapsed >= _nextPnl)
        {
            _nextPnl = elapsed + PnlInterval;
            foreach (var strategy in state.Strategies)
            {
                state.Signals.Pnl(strategy, price);
            }
        }

        if (elapsed >= _nextBeat)
        {
            _nextBeat = elapsed + TimeSpan.FromSeconds(1);
            Beat();
        }

        if (elapsed >= _nextSummary)
        {
            _nextSummary = elapsed + Summary;
            Summarise(price);
        }
    }

    private void DecideAll(TimeSpan now, decimal price)
    {
        // No decision on a price that nobody has sent for a while: the feed may be dead.
        if (now - state.Active.LastAt > state.Clock.Scale(TimeSpan.FromSeconds(2)))
        {
            return;
        }

        foreach (var strategy in state.Strategies)
        {
            var drift = state.Faults.Active("drift", state.Clock.Elapsed, strategy.Id, isUsual: true) is null ? 0 : Drift;
            var quantity = strategy.Decide((double)price, drift, strategy.Route?.SizeFactor ?? 1);
            if (strategy.NextPrediction((double)price) is { } known)
            {
                state.Signals.Prediction(strategy, known.Id, known.Score, known.Label);
            }

            state.Signals.Prediction(strategy, strategy.PredictionId, strategy.LastScore, null);
            if (quantity != 0)
            {
                orders.Trade(strategy, quantity, price, now);
            }
        }
    }

    private void Beat()
    {
        foreach (var strategy in state.Strategies)
        {
            state.Signals.Heartbeat("strategy", strategy.Id);
            var (decisions, refused) = _decisionsTold.GetValueOrDefault(strategy.Id);
            if (strategy.Decisions > decisions)
            {
                state.Signals.Operations("strategy", strategy.Id, strategy.Decisions - decisions, strategy.Refused - refused);
                _decisionsTold[strategy.Id] = (strategy.Decisions, strategy.Refused);
            }

            state.Signals.Position(strategy);
        }

        if (state.Broker.IsUp)
        {
            state.Signals.Heartbeat("broker", state.Broker.Id);
        }

        if (state.Broker.Calls > _callsTold)
        {
            state.Signals.Operations("broker", state.Broker.Id, state.Broker.Calls - _callsTold, state.Broker.Errors - _errorsTold);
            (_callsTold, _errorsTold) = (state.Broker.Calls, state.Broker.Errors);
        }
    }

    /// <summary>0.7 % of the strategy's assets, spread over five seconds, or over the fault's time where that is shorter.</summary>
    private void Shock()
    {
        var elapsed = state.Clock.Elapsed;
        for (var i = 0; i < state.Strategies.Count; i++)
        {
            var strategy = state.Strategies[i];
            if (state.Faults.Active("loss-shock", elapsed, strategy.Id, isUsual: i == 0) is { } shock)
            {
                var length = shock.Duration < ShockLength ? shock.Duration : ShockLength;
                var share = (decimal)Math.Max(0, (Min(elapsed, shock.Start + length) - Max(_lastShock, shock.Start)) / length);
                strategy.Book.Lose(strategy.Aum * 0.007m * share);
            }
        }

        _lastShock = elapsed;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void Summarise(decimal price)
    {
        foreach (var strategy in state.Strategies.Take(10))
        {
            var book = strategy.Book;
            var total = book.Realized + book.Unrealized(price);
            state.Log.Write(
                "pnl",
                $"{strategy.Id,-18} SPY {price,8:0.00} USD  position {book.Quantity,6} shares  P&L {total,10:0.00} USD  {strategy.Orders} orders, {strategy.Fills} fills  gate {orders.GateOf(strategy)}",
                ("strategy", strategy.Id), ("price", price), ("position", book.Quantity), ("realized", book.Realized), ("unrealized", book.Unrealized(price)));
        }
    }
}
