using System.Globalization;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Tests.Supervisors.Monitors;

/// <summary>Whatever numbers come, no rule gives a verdict on one that is not finite.</summary>
public class ExtremeNumbersTests
{
    private static readonly double[] Extremes =
    [
        0, -0.0, 1, -1, 1e-308, -1e-308, 5e-324, 1e13, -1e13, 1e15, -1e15, 1e100, -1e100, 1.7e308, -1.7e308, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    private readonly List<RuleOutcome> _outcomes = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_rule_judges_a_number_that_is_not_finite(int seed)
    {
        var random = new Random(seed);
        var options = TestLimits.Create();
        TargetMonitor[] monitors =
        [
            new StrategyMonitor(new(TargetKind.Strategy, "s"), 100_000, options), new FeedMonitor(new(TargetKind.Feed, "f"), options),
            new BrokerMonitor(new(TargetKind.Broker, "b"), options), new ComponentMonitor(new(TargetKind.Component, "c"), options),
        ];
        var scope = new ScopeMonitor(new(TargetKind.Scope, "firm"), 100_000, ["a", "b"], options);
        var now = 86_400_000L;
        for (var i = 0; i < 4000; i++)
        {
            now += random.Next(2000);
            var signal = Next(random, now);
            foreach (var monitor in monitors)
            {
                monitor.On(signal, _outcomes);
                monitor.Tick(now, _outcomes);
                Check(monitor, seed, i);
            }

            scope.Contribute(random.Next(2) == 0 ? "a" : "b", now / 86_400_000, Number(random), now, _outcomes);
            if (random.Next(50) == 0)
            {
                var aum = Math.Abs(Number(random));
                scope.SetMembers(aum, ["a", "b"]);
                ((StrategyMonitor)monitors[0]).SetAum(aum);
            }

            Check(scope, seed, i);
        }
    }

    [Fact]
    public void A_sum_that_is_too_large_makes_the_hour_of_strategy_and_firm_unknown_and_not_healthy()
    {
        var strategy = new StrategyMonitor(new(TargetKind.Strategy, "s"), 100_000, TestLimits.Create());
        var firm = new ScopeMonitor(new(TargetKind.Scope, "firm"), 1_000_000, ["s"], TestLimits.Create());
        foreach (var part in (double[])[0, 1.7e308, 1.7e308])
        {
            strategy.On(new Signal { Type = SignalType.Pnl, Realized = part, Unrealized = part, Equity = double.NaN, ReceivedMs = 1000, AtMs = 1000 }, _outcomes);
            firm.Contribute("s", 0, part + part, 1000, _outcomes);
        }

        foreach (var rules in (TargetMonitor[])[strategy, firm])
        {
            Assert.Equal(Verdict.Unknown, rules.Verdict);
            Assert.All(rules.Rules.Where(rule => rule.Name is "hourly-pnl" or "daily-pnl" or "drawdown"), rule => Assert.Equal(RuleLevel.Unknown, rule.Level));
            Assert.Contains(rules.Reasons, reason => reason.Note == "the profit and loss is not a number");
        }
    }

    [Fact]
    public void A_refused_equity_makes_drawdown_unknown_and_keeps_its_peak()
    {
        var monitor = new StrategyMonitor(new(TargetKind.Strategy, "s"), 100_000, TestLimits.Create());
        void Pnl(double equity) => monitor.On(new Signal { Type = SignalType.Pnl, Equity = equity, ReceivedMs = 1000, AtMs = 1000 }, _outcomes);
        Pnl(100_000);
        Pnl(Signal.RefusedEquity);
        var drawdown = monitor.Rules.First(rule => rule.Name == "drawdown");
        Assert.Equal(RuleLevel.Unknown, drawdown.Level);
        Pnl(87_000);
        Assert.Equal(13, drawdown.Value, 9);
    }

    private static Signal Next(Random random, long now) => new()
    {
        Type = (SignalType)random.Next(Enum.GetValues<SignalType>().Length),
        OrderState = (OrderState)random.Next(Enum.GetValues<OrderState>().Length),
        ReceivedMs = now,
        AtMs = now,
        OriginMs = random.Next(3) == 0 ? 0 : now - random.Next(5000),
        Sequence = random.Next(1000),
        Detail = new SignalDetail(random.Next(500).ToString(CultureInfo.InvariantCulture), random.Next(500).ToString(CultureInfo.InvariantCulture), random.Next(2) == 0),
        Realized = Number(random),
        Unrealized = Number(random),
        Equity = Number(random),
        SimulatedPrice = Number(random),
    };

    private static double Number(Random random) => random.Next(3) switch
    {
        0 => Extremes[random.Next(Extremes.Length)],
        1 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-5, 14)),
        _ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private static void Check(TargetMonitor monitor, int seed, int step)
    {
        foreach (var rule in monitor.Rules.Where(rule => rule.Level is RuleLevel.Healthy or RuleLevel.Warning or RuleLevel.Critical))
        {
            Assert.True(double.IsFinite(rule.Value), $"seed {seed}, step {step}: {monitor.Id} {rule.Name} is {rule.Level} at {rule.Value}");
        }
    }
}
