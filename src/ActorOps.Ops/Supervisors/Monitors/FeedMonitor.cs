using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Windows;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>A feed: silence, latency, sequence gaps, frozen prices. Unknown until its first tick.</summary>
internal sealed class FeedMonitor : TargetMonitor
{
    private const int MostSymbols = 64;
    private readonly RuleTracker _silence;
    private readonly RuleTracker _gaps;
    private readonly RuleTracker _frozen;
    private readonly LatencyRule _latency;
    private readonly SlidingSum _missed;
    private readonly Dictionary<ulong, FrozenPrice> _prices = [];
    private long? _lastTickMs;
    private long _lastSequence = -1;

    public FeedMonitor(TargetId id, RuleOptions options)
        : base(id, options)
    {
        _silence = Rule(RuleNames.FeedSilence, options.FeedSilence, aboveIsBad: true);
        _latency = new LatencyRule(Rule(RuleNames.FeedLatency, options.FeedLatency, aboveIsBad: true));
        _gaps = Rule(RuleNames.SequenceGaps, options.SequenceGaps, aboveIsBad: true);
        _frozen = Rule(RuleNames.FrozenPrice, options.FrozenPrice, aboveIsBad: true);
        _missed = new SlidingSum(Math.Max(1, (long)options.SequenceGaps.Window.TotalMilliseconds / 12), 12);
    }

    /// <summary>Receive time of the last tick, ms; null before the first.</summary>
    public long? LastTickMs => _lastTickMs;

    public override void Tick(long nowMs, List<RuleOutcome> outcomes)
    {
        if (_lastTickMs is not { } last)
        {
            Known("no tick yet");
            return;
        }

        Add(outcomes, _silence, _silence.Observe((nowMs - last) / 1000.0, nowMs));
        Add(outcomes, _latency.Rule, _latency.Evaluate(nowMs));
        _missed.Advance(nowMs);
        Add(outcomes, _gaps, _gaps.Observe(_missed.Total, nowMs));
        EvaluateFrozen(nowMs, outcomes);
    }

    public override void OnGap(long nowMs) => _latency.OnGap(nowMs);

    protected override void Handle(in Signal signal, List<RuleOutcome> outcomes)
    {
        if (signal.Type != SignalType.Tick)
        {
            return;
        }

        if (signal.Sequence >= 0)
        {
            if (_lastSequence >= 0 && signal.Sequence <= _lastSequence)
            {
                Dropped++;
                return;
            }

            if (_lastSequence >= 0 && signal.Sequence > _lastSequence + 1)
            {
                _missed.Add(signal.ReceivedMs, 1);
            }

            _lastSequence = signal.Sequence;
        }

        if (_lastTickMs is null)
        {
            Known(null);
        }

        _lastTickMs = signal.ReceivedMs;
        if (signal.OriginMs > 0 && !signal.Skewed)
        {
            _latency.Add(signal.AtMs - signal.OriginMs, signal.ReceivedMs);
        }

        if (_prices.TryGetValue(signal.SymbolKey, out var price))
        {
            price.Add(signal.ReceivedMs, signal.Price);
        }
        else if (_prices.Count < MostSymbols)
        {
            _prices.Add(signal.SymbolKey, price = new FrozenPrice());
            price.Add(signal.ReceivedMs, signal.Price);
        }
    }

    private void EvaluateFrozen(long nowMs, List<RuleOutcome> outcomes)
    {
        var enough = _prices.Values.Where(price => price.Updates >= _frozen.Limit.MinimumSamples).ToList();
        if (enough.Count == 0)
        {
            _frozen.NotEvaluated($"no price came {_frozen.Limit.MinimumSamples} times unchanged");
            return;
        }

        Add(outcomes, _frozen, _frozen.Observe(enough.Max(price => price.Age(nowMs)) / 1000.0, nowMs));
    }
}
