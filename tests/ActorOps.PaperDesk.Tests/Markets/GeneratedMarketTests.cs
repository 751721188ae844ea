using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Tests.Markets;

public class GeneratedMarketTests
{
    [Fact]
    public void The_same_seed_gives_the_same_market_and_another_seed_another() =>
        Assert.True(Take(1).SequenceEqual(Take(1)) && !Take(1).SequenceEqual(Take(2)));

    [Fact]
    public void Volatility_clusters_as_it_does_in_markets()
    {
        var prices = GeneratedMarket.Generate(3).Where((_, i) => i % 20 == 0).Take(20_000).Select(tick => (double)tick.Price).ToList();
        var squares = prices.Zip(prices.Skip(1), (a, b) => Math.Pow(Math.Log(b / a), 2)).ToList();
        Assert.True(Correlation(squares.Take(squares.Count - 1), squares.Skip(1)) > 0.05);
        Assert.All(prices, price => Assert.InRange(price, 80, 330));
    }

    private static List<MarketTick> Take(int seed) => [.. GeneratedMarket.Generate(seed).Take(5000)];

    private static double Correlation(IEnumerable<double> first, IEnumerable<double> second)
    {
        var (a, b) = (first.ToList(), second.ToList());
        var (meanA, meanB) = (a.Average(), b.Average());
        var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return covariance / Math.Sqrt(a.Sum(x => Math.Pow(x - meanA, 2)) * b.Sum(y => Math.Pow(y - meanB, 2)));
    }
}
