using ActorOps.Client.Wording;

namespace ActorOps.Client.Tests.Wording;

public class DurationTextTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(84, "84 ms")]
    [InlineData(999.7, "1 s")]
    [InlineData(13_870, "13.9 s")]
    [InlineData(38_400, "38 s")]
    [InlineData(59_960, "1 min")]
    [InlineData(185_000, "3 min 5 s")]
    [InlineData(7_200_000, "2 h")]
    [InlineData(7_800_000, "2 h 10 min")]
    [InlineData(360_000_000, "4 d 4 h")]
    [InlineData(double.NaN, "unknown")]
    public void Durations_are_words(double ms, string text) => Assert.Equal(text, DurationText.OfMs(ms));

    [Fact]
    public void What_is_over_is_said_to_be_over()
    {
        Assert.Equal("ended 13.9 s ago", DurationText.Ending(TimeSpan.FromSeconds(-13.87)));
        Assert.Equal("ends in 3.2 s", DurationText.Ending(TimeSpan.FromSeconds(3.2)));
    }
}
