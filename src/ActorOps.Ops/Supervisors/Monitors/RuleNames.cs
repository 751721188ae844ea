namespace ActorOps.Ops.Supervisors.Monitors;

internal static class RuleNames
{
    public const string HourlyPnl = "hourly-pnl";
    public const string DailyPnl = "daily-pnl";
    public const string Drawdown = "drawdown";
    public const string SlippageRatio = "slippage-ratio";
    public const string FillRate = "fill-rate";
    public const string ErrorRate = "error-rate";
    public const string BrokerErrors = "broker-errors";
    public const string ComponentLatency = "component-latency";
    public const string FeedSilence = "feed-silence";
    public const string FeedLatency = "feed-latency";
    public const string SequenceGaps = "sequence-gaps";
    public const string FrozenPrice = "frozen-price";
    public const string OrderLatency = "order-latency";
    public const string StuckOrders = "stuck-orders";
    public const string SessionHeartbeat = "session-heartbeat";
}
