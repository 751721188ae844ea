using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>Stuck orders, order latency and, for strategies, fill rate from one stream of order reports.</summary>
internal sealed class OrderRules(RuleTracker stuck, RuleTracker latency, RuleTracker? fillRate)
{
    private const int MostOpenOrders = 2000;
    private const long MinuteMs = 60_000;
    private readonly OrderBook _book = new(MostOpenOrders);
    private readonly LatencyRule _latency = new(latency);
    private readonly SlidingSum _ordered = Hour(fillRate);
    private readonly SlidingSum _filled = Hour(fillRate);
    private readonly SlidingSum _orders = Hour(fillRate);
    private long _refillingUntilMs;

    /// <summary>False when the report was late or repeated.</summary>
    public bool On(in Signal signal, TradingState scopeState, List<RuleOutcome> outcomes)
    {
        if (_book.Apply(signal) is not { } order)
        {
            return false;
        }

        if (signal is { OrderState: OrderState.Acknowledged, OriginMs: > 0 })
        {
            _latency.Add(signal.AtMs - signal.OriginMs, signal.ReceivedMs);
        }

        if (fillRate is not null && order.State.IsFinal())
        {
            Finish(order, scopeState, signal.ReceivedMs, outcomes);
        }

        return true;
    }

    public void Fill(in Signal signal) => _book.Fill(signal.Detail!.OrderId!, signal.Quantity);

    public void Tick(long nowMs, List<RuleOutcome> outcomes)
    {
        var (ageMs, id) = _book.OldestPending(nowMs);
        if (stuck.Observe(ageMs / 1000.0, nowMs) is var step and not RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(stuck, step));
        }

        StuckOrderId = id;
        if (_latency.Evaluate(nowMs) is var slow and not RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(latency, slow));
        }

        EvaluateFillRate(nowMs, 0, outcomes);
    }

    public string? StuckOrderId { get; private set; }

    public void OnGap(long nowMs)
    {
        _latency.OnGap(nowMs);
        _ordered.Clear();
        _filled.Clear();
        _orders.Clear();
        _refillingUntilMs = nowMs + (long)(fillRate?.Limit.Window.TotalMilliseconds ?? 0);
    }

    public MonitorCheckpoint Save(MonitorCheckpoint checkpoint) => checkpoint with { Ordered = _ordered.Save(), Filled = _filled.Save(), Orders = _orders.Save() };

    public void Restore(MonitorCheckpoint checkpoint, long nowMs, long wallMs)
    {
        var ageMs = Math.Max(0, wallMs - checkpoint.SavedAtMs);
        _ordered.Restore(checkpoint.Ordered, nowMs, ageMs);
        _filled.Restore(checkpoint.Filled, nowMs, ageMs);
        _orders.Restore(checkpoint.Orders, nowMs, ageMs);
    }

    private static SlidingSum Hour(RuleTracker? rule) => new(MinuteMs, Math.Max(1, (int)((rule?.Limit.Window.TotalMilliseconds ?? 0) / MinuteMs)));

    private void Finish(OpenOrder order, TradingState scopeState, long nowMs, List<RuleOutcome> outcomes)
    {
        if (order.State == OrderState.Canceled && scopeState != TradingState.Active)
        {
            return;
        }

        _ordered.Add(nowMs, order.Quantity);
        _filled.Add(nowMs, order.Filled);
        _orders.Add(nowMs, 1);
        EvaluateFillRate(nowMs, (int)SignalType.Order + 1, outcomes);
    }

    private void EvaluateFillRate(long nowMs, int source, List<RuleOutcome> outcomes)
    {
        if (fillRate is null)
        {
            return;
        }

        _ordered.Advance(nowMs);
        _filled.Advance(nowMs);
        _orders.Advance(nowMs);
        if (_orders.Total < fillRate.Limit.MinimumSamples || _ordered.Total <= 0)
        {
            Refilling.Mark(fillRate, nowMs, _refillingUntilMs, (long)_orders.Total);
        }
        else if (fillRate.Observe(_filled.Total / _ordered.Total * 100, nowMs, source) is var step and not RuleStep.None)
        {
            outcomes.Add(new RuleOutcome(fillRate, step));
        }
    }
}
