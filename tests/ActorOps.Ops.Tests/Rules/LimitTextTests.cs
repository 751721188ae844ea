using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Tests.Rules;

public class LimitTextTests
{
    [Theory]
    [InlineData("HourlyPnl.Critical", "-0.5", "hourly-pnl critical", "-0.50 %")]
    [InlineData("OrderLatency.Warning", "100", "order-latency warning", "100 ms")]
    [InlineData("FrozenPrice.Critical", "180", "frozen-price critical", "3 min")]
    [InlineData("Other.Critical", "1", "Other.Critical", "1")]
    public void A_limit_has_its_rules_name_and_unit(string key, string value, string name, string text) => Assert.Equal((name, text), (LimitText.Name(key), LimitText.Value(key, value)));

    [Fact]
    public void Every_key_of_the_table_is_a_rules() => Assert.All(LimitsTable.Of(TestLimits.Create()).Keys, key => Assert.DoesNotContain('.', LimitText.Name(key)));
}
