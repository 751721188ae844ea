using ActorOps.Hocon.Units;

namespace ActorOps.Hocon.Tests.Units;

public class HoconDurationTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("5", 5)]
    [InlineData("1.5 minutes", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1 day", 86_400_000)]
    [InlineData("-5ms", -5)]
    [InlineData("250 us", 0.25)]
    public void Reads_a_number_with_a_unit(string text, double milliseconds)
    {
        Assert.True(HoconDuration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10 parsecs")]
    [InlineData("1e300s")]
    [InlineData("1 0s")]
    public void Refuses_what_is_no_duration(string text) => Assert.False(HoconDuration.TryParse(text, out _));
}
