using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Tests;

/// <summary>The limits of reference.conf that domain tests use.</summary>
internal static class TestLimits
{
    public static RuleOptions Create() => new()
    {
        HourlyPnl = new RuleLimit { Warning = -0.3, Critical = -0.5, Window = TimeSpan.FromHours(1) },
        DailyPnl = new RuleLimit { Warning = -1, Critical = -2, Emergency = -5 },
        Drawdown = new RuleLimit { Warning = 7, Critical = 10 },
        SlippageRatio = new RuleLimit { Warning = 2, Critical = 3, Window = TimeSpan.FromHours(1), MinimumSamples = 10 },
        FillRate = new RuleLimit { Warning = 95, Critical = 90, Window = TimeSpan.FromHours(1), MinimumSamples = 20 },
        ErrorRate = new RuleLimit { Warning = 0.5, Critical = 1, Window = TimeSpan.FromMinutes(5), MinimumSamples = 20 },
        BrokerErrors = new RuleLimit { Warning = 2, Critical = 5, Window = TimeSpan.FromMinutes(5), MinimumSamples = 20 },
        ComponentLatency = new RuleLimit { Warning = 250, Critical = 500, Window = TimeSpan.FromMinutes(5), MinimumSamples = 20 },
        FeedSilence = new RuleLimit { Warning = 10, Critical = 30 },
        FeedLatency = new RuleLimit { Warning = 50, Critical = 200, Window = TimeSpan.FromMinutes(5), MinimumSamples = 20 },
        SequenceGaps = new RuleLimit { Warning = 0, Critical = 5, Window = TimeSpan.FromMinutes(1) },
        FrozenPrice = new RuleLimit { Warning = 60, Critical = 180, MinimumSamples = 20 },
        OrderLatency = new RuleLimit { Warning = 100, Critical = 500, Window = TimeSpan.FromMinutes(5), MinimumSamples = 20 },
        StuckOrders = new RuleLimit { Warning = 10, Critical = 60 },
        SessionHeartbeat = new RuleLimit { Warning = 10, Critical = 15 },
    };
}
