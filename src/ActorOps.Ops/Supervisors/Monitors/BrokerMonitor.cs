using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Supervisors.Monitors;

/// <summary>A broker connection: session heartbeat, API errors, stuck orders, order latency. Unknown until its first heartbeat.</summary>
internal sealed class BrokerMonitor : TargetMonitor
{
    private readonly RuleTracker _heartbeat;
    private readonly ErrorRateRule _errors;
    private readonly OrderRules _orders;
    private long? _lastHeartbeatMs;

    public BrokerMonitor(TargetId id, RuleOptions options)
        : base(id, options)
    {
        _heartbeat = Rule(RuleNames.SessionHeartbeat, options.SessionHeartbeat, aboveIsBad: true);
        _errors = new ErrorRateRule(Rule(RuleNames.BrokerErrors, options.BrokerErrors, aboveIsBad: true));
        _orders = new OrderRules(
            Rule(RuleNames.StuckOrders, options.StuckOrders, aboveIsBad: true), Rule(RuleNames.OrderLatency, options.OrderLatency, aboveIsBad: true), fillRate: null);
    }

    public override void Tick(long nowMs, List<RuleOutcome> outcomes)
    {
        if (_lastHeartbeatMs is not { } last)
        {
            Known("no session heartbeat yet");
            return;
        }

        Add(outcomes, _heartbeat, _heartbeat.Observe((nowMs - last) / 1000.0, nowMs));
        Add(outcomes, _errors.Rule, _errors.Evaluate(nowMs));
        _orders.Tick(nowMs, outcomes);
    }

    public override void OnGap(long nowMs)
    {
        _errors.OnGap(nowMs);
        _orders.OnGap(nowMs);
    }

    protected override void Handle(in Signal signal, List<RuleOutcome> outcomes)
    {
        switch (signal.Type)
        {
            case SignalType.Heartbeat:
                _lastHeartbeatMs = signal.ReceivedMs;
                Known(null);
                break;
            case SignalType.Operation:
                Add(outcomes, _errors.Rule, _errors.Add(signal.Count, signal.Errors, signal.ReceivedMs, SourceOf(signal)));
                break;
            case SignalType.Error:
                Add(outcomes, _errors.Rule, _errors.Add(0, 1, signal.ReceivedMs, SourceOf(signal)));
                break;
            case SignalType.Order:
                Dropped += _orders.On(signal, ScopeState, outcomes) ? 0 : 1;
                break;
        }
    }
}
