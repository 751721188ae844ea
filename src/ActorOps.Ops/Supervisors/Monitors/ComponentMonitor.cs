using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>A database, cache or other part: error rate and latency. Unknown without a fresh sign of life.</summary>
internal sealed class ComponentMonitor : TargetMonitor
{
    private readonly ErrorRateRule _errors;
    private readonly LatencyRule _latency;

    public ComponentMonitor(TargetId id, RuleOptions options)
        : base(id, options)
    {
        _errors = new ErrorRateRule(Rule(RuleNames.ErrorRate, options.ErrorRate, aboveIsBad: true));
        _latency = new LatencyRule(Rule(RuleNames.ComponentLatency, options.ComponentLatency, aboveIsBad: true));
    }

    public override void Tick(long nowMs, List<RuleOutcome> outcomes)
    {
        RequireInput("sign of life", LastSignalMs, nowMs);
        Add(outcomes, _errors.Rule, _errors.Evaluate(nowMs));
        Add(outcomes, _latency.Rule, _latency.Evaluate(nowMs));
    }

    public override void OnGap(long nowMs)
    {
        _errors.OnGap(nowMs);
        _latency.OnGap(nowMs);
    }

    protected override void Handle(in Signal signal, List<RuleOutcome> outcomes)
    {
        Known(null);
        if (signal.Type == SignalType.Operation)
        {
            Add(outcomes, _errors.Rule, _errors.Add(signal.Count, signal.Errors, signal.ReceivedMs, SourceOf(signal)));
        }
        else if (signal.Type == SignalType.Error)
        {
            Add(outcomes, _errors.Rule, _errors.Add(0, 1, signal.ReceivedMs, SourceOf(signal)));
        }

        if (signal.Type is SignalType.Operation or SignalType.Heartbeat && !double.IsNaN(signal.LatencyMs))
        {
            _latency.Add(signal.LatencyMs, signal.ReceivedMs);
        }
    }
}
