using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>A strategy: profit and loss, drawdown, slippage, fill rate, errors, orders. Unknown without a fresh P&amp;L.</summary>
internal sealed class StrategyMonitor : TargetMonitor
{
    private const long DayMs = 86_400_000;
    private readonly PnlRules _pnl;
    private readonly OrderRules _orders;
    private readonly ErrorRateRule _errors;
    private readonly RuleTracker _slippageRule;
    private readonly SlippageWindow _slippage;
    private readonly RecentIds _fills = new(1000);
    private long? _lastPnlMs;
    private long _lastPnlAtMs;
    private long _slippageRefillingUntilMs;

    public StrategyMonitor(TargetId id, double aum, RuleOptions options)
        : base(id, options)
    {
        _pnl = new PnlRules(
            Rule(RuleNames.HourlyPnl, options.HourlyPnl, aboveIsBad: false),
            Rule(RuleNames.DailyPnl, options.DailyPnl, aboveIsBad: false),
            Rule(RuleNames.Drawdown, options.Drawdown, aboveIsBad: true),
            aum);
        _slippageRule = Rule(RuleNames.SlippageRatio, options.SlippageRatio, aboveIsBad: true);
        _slippage = new SlippageWindow(50, (long)options.SlippageRatio.Window.TotalMilliseconds, options.SlippageFloorBasisPoints);
        _orders = new OrderRules(
            Rule(RuleNames.StuckOrders, options.StuckOrders, aboveIsBad: true),
            Rule(RuleNames.OrderLatency, options.OrderLatency, aboveIsBad: true),
            Rule(RuleNames.FillRate, options.FillRate, aboveIsBad: false));
        _errors = new ErrorRateRule(Rule(RuleNames.ErrorRate, options.ErrorRate, aboveIsBad: true));
    }

    /// <summary>Last cumulative P&amp;L with its day, for the scopes above; null before the first sample.</summary>
    public (long Day, double Cumulative)? Contribution { get; private set; }

    /// <summary>Base of its percentages from now on; its windows stay.</summary>
    public void SetAum(double aum) => _pnl.Aum = aum;

    /// <summary>True when equity has reached a new height since the last save.</summary>
    public bool HasNewPeak { get; private set; }

    public override void Tick(long nowMs, List<RuleOutcome> outcomes)
    {
        RequireInput("P&L", _lastPnlMs, nowMs);
        _orders.Tick(nowMs, outcomes);
        Add(outcomes, _errors.Rule, _errors.Evaluate(nowMs));
        EvaluateSlippage(nowMs, 0, outcomes);
    }

    public override void OnGap(long nowMs)
    {
        _orders.OnGap(nowMs);
        _errors.OnGap(nowMs);
        _slippage.Clear();
        _slippageRefillingUntilMs = nowMs + (long)Options.SlippageRatio.Window.TotalMilliseconds;
    }

    public override MonitorCheckpoint? Save(long nowMs, long wallMs)
    {
        HasNewPeak = false;
        return _lastPnlMs is null ? null : _orders.Save(_pnl.Save(nowMs, wallMs));
    }

    public override void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
        _pnl.Restore(checkpoint, nowMs, wallMs);
        _orders.Restore(checkpoint, nowMs, wallMs);
    }

    protected override void Handle(in Signal signal, List<RuleOutcome> outcomes)
    {
        switch (signal.Type)
        {
            case SignalType.Pnl:
                Pnl(signal, outcomes);
                break;
            case SignalType.Order:
                Dropped += _orders.On(signal, ScopeState, outcomes) ? 0 : 1;
                break;
            case SignalType.Fill:
                Fill(signal, outcomes);
                break;
            case SignalType.Operation:
                Add(outcomes, _errors.Rule, _errors.Add(signal.Count, signal.Errors, signal.ReceivedMs, SourceOf(signal)));
                break;
            case SignalType.Error:
                Add(outcomes, _errors.Rule, _errors.Add(0, 1, signal.ReceivedMs, SourceOf(signal)));
                break;
        }
    }

    private void Pnl(in Signal signal, List<RuleOutcome> outcomes)
    {
        if (signal.AtMs < _lastPnlAtMs)
        {
            Dropped++;
            return;
        }

        _lastPnlAtMs = signal.AtMs;
        if (double.IsFinite(signal.Realized + signal.Unrealized))
        {
            _lastPnlMs = signal.ReceivedMs;
            Known(null);
        }

        var day = signal.AtMs / DayMs;
        var (peak, equityPeak) = (_pnl.Peak, _pnl.EquityPeak);
        var cumulative = signal.Realized + signal.Unrealized;
        if (_pnl.Update(day, cumulative, signal.Equity, signal.ReceivedMs, SourceOf(signal), outcomes))
        {
            Contribution = (day, cumulative);
            HasNewPeak |= _pnl.Peak > peak || _pnl.EquityPeak > equityPeak;
        }
    }

    private void Fill(in Signal signal, List<RuleOutcome> outcomes)
    {
        if (!_fills.Add(signal.Detail!.Id))
        {
            Dropped++;
            return;
        }

        _orders.Fill(signal);
        if (double.IsNaN(signal.ArrivalPrice) || double.IsNaN(signal.SimulatedPrice))
        {
            return;
        }

        var side = signal.Detail.Buy ? 1 : -1;
        _slippage.Add(
            signal.ReceivedMs,
            side * (signal.Price - signal.ArrivalPrice) * signal.Quantity,
            side * (signal.SimulatedPrice - signal.ArrivalPrice) * signal.Quantity,
            signal.Price * signal.Quantity);
        EvaluateSlippage(signal.ReceivedMs, SourceOf(signal), outcomes);
    }

    private void EvaluateSlippage(long nowMs, int source, List<RuleOutcome> outcomes)
    {
        var ratio = _slippage.Ratio(nowMs);
        if (_slippage.Samples < _slippageRule.Limit.MinimumSamples || _slippage.Samples == 0)
        {
            Refilling.Mark(_slippageRule, nowMs, _slippageRefillingUntilMs, _slippage.Samples);
            return;
        }

        _slippageRefillingUntilMs = 0;
        Add(outcomes, _slippageRule, _slippageRule.Observe(ratio, nowMs, source));
    }
}
