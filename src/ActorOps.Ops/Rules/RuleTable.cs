using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Rules;

/// <summary>Every rule with its title, unit and direction. One row a rule: whatever shows a rule takes it from here.</summary>
public static class RuleTable
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new(RuleNames.HourlyPnl, "hourly P&L", RuleUnit.SignedPercent, AboveIsBad: false, static options => options.HourlyPnl),
        new(RuleNames.DailyPnl, "daily P&L", RuleUnit.SignedPercent, AboveIsBad: false, static options => options.DailyPnl),
        new(RuleNames.Drawdown, "drawdown", RuleUnit.Percent, AboveIsBad: true, static options => options.Drawdown),
        new(RuleNames.SlippageRatio, "slippage-ratio", RuleUnit.Ratio, AboveIsBad: true, static options => options.SlippageRatio),
        new(RuleNames.FillRate, "fill-rate", RuleUnit.Percent, AboveIsBad: false, static options => options.FillRate),
        new(RuleNames.ErrorRate, "error-rate", RuleUnit.Percent, AboveIsBad: true, static options => options.ErrorRate),
        new(RuleNames.BrokerErrors, "broker-errors", RuleUnit.Percent, AboveIsBad: true, static options => options.BrokerErrors),
        new(RuleNames.ComponentLatency, "component-latency", RuleUnit.Milliseconds, AboveIsBad: true, static options => options.ComponentLatency),
        new(RuleNames.FeedSilence, "feed-silence", RuleUnit.Seconds, AboveIsBad: true, static options => options.FeedSilence),
        new(RuleNames.FeedLatency, "feed-latency", RuleUnit.Milliseconds, AboveIsBad: true, static options => options.FeedLatency),
        new(RuleNames.SequenceGaps, "sequence-gaps", RuleUnit.Gaps, AboveIsBad: true, static options => options.SequenceGaps),
        new(RuleNames.FrozenPrice, "frozen-price", RuleUnit.Seconds, AboveIsBad: true, static options => options.FrozenPrice),
        new(RuleNames.OrderLatency, "order-latency", RuleUnit.Milliseconds, AboveIsBad: true, static options => options.OrderLatency),
        new(RuleNames.StuckOrders, "stuck-orders", RuleUnit.Seconds, AboveIsBad: true, static options => options.StuckOrders),
        new(RuleNames.SessionHeartbeat, "session-heartbeat", RuleUnit.Seconds, AboveIsBad: true, static options => options.SessionHeartbeat),
    ];

    /// <summary>The row of a name; null for what is not a rule, such as a missing input.</summary>
    public static RuleKind? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);
}
