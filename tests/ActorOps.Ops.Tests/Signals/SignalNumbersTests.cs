using System.Globalization;
using System.Text;
using ActorOps.Ops.Signals;

namespace ActorOps.Ops.Tests.Signals;

public class SignalNumbersTests
{
    [Fact]
    public void Numbers_agree_with_the_framework_to_the_last_bit()
    {
        var random = new Random(5);
        for (var i = 0; i < 20_000; i++)
        {
            var text = ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-6, 12))).ToString(random.Next(2) == 0 ? "R" : "0.####", CultureInfo.InvariantCulture);
            Assert.True(SignalNumbers.TryParse(Encoding.UTF8.GetBytes(text), out var value), text);
            Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), value);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("5.")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    [InlineData("1 ")]
    [InlineData("0x1")]
    public void What_is_no_finite_number_is_refused(string text) => Assert.False(SignalNumbers.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("2026-01-05T14:30:00Z")]
    [InlineData("2026-01-05T14:30:00.1Z")]
    [InlineData("2026-02-28T23:59:59.999999Z")]
    [InlineData("2026-02-28T23:59:59.1234567Z")]
    [InlineData("2024-02-29T00:00:00.123Z")]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("2026-01-05T15:30:00+01:00")]
    public void Times_agree_with_the_framework(string text)
    {
        Assert.True(SignalNumbers.TryParseTime(Encoding.UTF8.GetBytes(text), out var ms));
        Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(), ms);
    }

    [Theory]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-05T14:30:00.1a3Z")]
    [InlineData("2026-01-05T14:30:00.12345xZ")]
    [InlineData("2026-01-05T14:30:00.Z")]
    [InlineData("2026-01-05T14:30:00x123Z")]
    [InlineData("2026-01x05T14:30:00Z")]
    [InlineData("2026-01-05T14x30:00Z")]
    [InlineData("soon")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) => Assert.False(SignalNumbers.TryParseTime(Encoding.UTF8.GetBytes(text), out _));
}
