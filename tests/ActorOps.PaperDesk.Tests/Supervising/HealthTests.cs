using System.Text;
using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Tests.Supervising;

/// <summary>A desk that is well earns or loses little, and no rule at its default limit sees anything in it.</summary>
public class HealthTests
{
    /// <summary>The default seed and a dozen others. Over them costs are paid for, and no more than a little is left.</summary>
    [Fact]
    public void No_rule_warns_in_half_an_hour_and_the_expected_profit_is_slightly_above_zero()
    {
        var firm = new List<double>();
        for (var seed = 1; seed <= 13; seed++)
        {
            using var supervised = new SupervisedDesk(seed);
            supervised.Run(TimeSpan.FromMinutes(30));
            AssertHealthy(supervised);
            firm.Add(supervised.FirmPnlPercent);
        }

        Assert.InRange(firm.Average(), 0, 0.2);
        Assert.All(firm, one => Assert.InRange(one, -0.1, 0.3));
    }

    /// <summary>At 60 times real time the session is over after six minutes.</summary>
    [Theory]
    [InlineData(1, 20, 30, false)]
    [InlineData(8, 20, 30, false)]
    [InlineData(9, 20, 30, false)]
    [InlineData(1, 1, 20, true)]
    [InlineData(7, 60, 6, true)]
    public void No_rule_warns_at_other_speeds_or_on_a_generated_day(int seed, double speed, int minutes, bool isDay)
    {
        using var supervised = new SupervisedDesk(seed, speed, isDay ? () => GeneratedDay.Ticks(seed) : null);
        supervised.Run(TimeSpan.FromMinutes(minutes));
        AssertHealthy(supervised);
    }

    [Fact]
    public void Orders_and_fills_are_seen_within_the_first_minute()
    {
        for (var seed = 1; seed <= 12; seed++)
        {
            using var output = new StringWriter(new StringBuilder());
            using var desk = new SimulatedDesk(seed, output: output);
            desk.Run(TimeSpan.FromMinutes(1));
            Assert.All(desk.State.Strategies, strategy => Assert.True(strategy is { Orders: >= 1, Fills: >= 1 }, $"seed {seed}: {strategy.Id} has {strategy.Orders} orders, {strategy.Fills} fills"));
            Assert.Contains("\"order-sent\"", output.ToString(), StringComparison.Ordinal);
        }
    }

    private static void AssertHealthy(SupervisedDesk supervised)
    {
        Assert.True(supervised.Fills > 50, $"only {supervised.Fills} fills: this desk does not trade");
        Assert.Empty(supervised.Refused);
        Assert.Empty(supervised.Outcomes);
        Assert.Empty(supervised.Breaches);
    }
}
