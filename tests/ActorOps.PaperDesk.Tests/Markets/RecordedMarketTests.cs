using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Tests.Markets;

public sealed class RecordedMarketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void It_begins_where_the_market_is_awake()
    {
        var lines = new List<string> { "time,price,size", "2013-10-08T08:00:17.034Z,167.4200,210" };
        lines.AddRange(Enumerable.Range(0, 59).Select(i => $"2013-10-08T13:30:{i:00}.500Z,167.50,100"));
        lines.AddRange(Enumerable.Range(0, 59).Select(i => $"2013-10-08T13:30:{i:00}.600Z,167.51,100").Skip(58));
        lines.Add("2013-10-08T13:31:00Z,167.60,100");
        var ticks = RecordedMarket.Read(Write([.. lines])).ToList();
        Assert.Equal(61, ticks.Count);
        Assert.Equal((TimeSpan.FromMilliseconds(500), 167.50m), (ticks[0].Time, ticks[0].Price));
    }

    [Theory]
    [InlineData("2013-10-08T08:00:17.034Z,-1,210")]
    [InlineData("2013-10-08T08:00:17.034Z,abc,210")]
    [InlineData("yesterday,1,210")]
    [InlineData("2013-10-08T08:00:17.034Z")]
    public void A_bad_line_is_named_with_its_file_and_number(string line)
    {
        var error = Assert.Throws<FormatException>(() => RecordedMarket.Read(Write("time,price,size", "2013-10-08T08:00:16Z,1,1", line)).ToList());
        Assert.Contains("ticks.csv:3:", error.Message, StringComparison.Ordinal);
    }

    private string Write(params string[] lines)
    {
        File.WriteAllLines(_directory.File("ticks.csv"), lines);
        return _directory.File("ticks.csv");
    }
}
