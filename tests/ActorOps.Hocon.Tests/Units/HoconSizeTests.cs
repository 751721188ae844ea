using ActorOps.Hocon.Units;

namespace ActorOps.Hocon.Tests.Units;

public class HoconSizeTests
{
    [Theory]
    [InlineData("16", 16)]
    [InlineData("16 KiB", 16384)]
    [InlineData("64k", 65536)]
    [InlineData("1kB", 1000)]
    [InlineData("1.5 MB", 1_500_000)]
    [InlineData("2 gibibytes", 2147483648)]
    public void Reads_a_number_with_a_unit(string text, long expected)
    {
        Assert.True(HoconSize.TryParse(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1 X")]
    [InlineData("k")]
    [InlineData("9999999P")]
    public void Refuses_what_is_no_size(string text) => Assert.False(HoconSize.TryParse(text, out _));
}
