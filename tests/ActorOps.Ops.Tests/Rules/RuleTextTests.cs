using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Tests.Rules;

public class RuleTextTests
{
    [Theory]
    [InlineData("order-latency", 56_800, 500, "order-latency 56.8 s (threshold 0.5 s)")]
    [InlineData("order-latency", 812.4, 500, "order-latency 812.4 ms (threshold 500 ms)")]
    [InlineData("hourly-pnl", -0.5812, -0.5, "hourly P&L -0.58 % (past -0.50 %)")]
    [InlineData("daily-pnl", 0.1, -1, "daily P&L +0.10 % (past -1.00 %)")]
    [InlineData("fill-rate", 88.25, 90, "fill-rate 88.25 % (threshold 90.00 %)")]
    [InlineData("feed-silence", 38, 30, "feed-silence 38 s (threshold 30 s)")]
    [InlineData("frozen-price", 185, 180, "frozen-price 3 min 5 s (threshold 3 min)")]
    [InlineData("slippage-ratio", 3.14, 3, "slippage-ratio 3.1x (threshold 3.0x)")]
    [InlineData("sequence-gaps", 6, 5, "sequence-gaps 6 gaps (threshold 5 gaps)")]
    public void Every_number_has_its_unit(string rule, double value, double threshold, string text) =>
        Assert.Equal(text, RuleText.Of(new RuleReading(rule, RuleLevel.Critical, value, threshold, 0, null)));

    [Fact]
    public void What_has_no_value_says_why()
    {
        Assert.Equal("fill-rate: 3 of 20 samples", RuleText.Of(new RuleReading("fill-rate", RuleLevel.NotEvaluated, double.NaN, 95, 0, "3 of 20 samples")));
        Assert.Equal("no pnl yet", RuleText.Of(new RuleReading("input", RuleLevel.Unknown, double.NaN, double.NaN, 0, "no pnl yet")));
    }
}
