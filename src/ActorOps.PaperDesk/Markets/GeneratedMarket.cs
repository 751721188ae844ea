namespace ActorOps.PaperDesk.Markets;

/// <summary>
/// A market from a seed: prices move by a random walk whose variance clusters (GARCH(1,1), persistence 0.97), trades come in bursts, and
/// now and then the price gaps. Endless; the same seed gives the same market.
/// </summary>
internal static class GeneratedMarket
{
    private const double LongRunVariance = 4e-10;

    public static IEnumerable<MarketTick> Generate(int seed)
    {
        var random = new Random(seed);
        var price = 165.0;
        var variance = LongRunVariance;
        var time = TimeSpan.Zero;
        var shock = 0.0;
        while (true)
        {
            variance = (0.03 * LongRunVariance) + (0.07 * shock * shock) + (0.90 * variance);
            shock = Math.Sqrt(variance) * Gaussian(random);
            if (random.NextDouble() < 1e-5)
            {
                shock += (random.NextDouble() < 0.5 ? -1 : 1) * 0.0008;
            }

            // A weak pull to the starting price keeps an endless market in a range that makes sense.
            price *= Math.Exp(shock - (1e-6 * Math.Log(price / 165)));
            time += TimeSpan.FromMilliseconds(20 + (-Math.Log(1 - random.NextDouble()) * 80));
            yield return new MarketTick(time, Math.Round((decimal)price, 2), 100 * (1 + random.Next(5)));
        }
    }

    /// <summary>Box and Muller.</summary>
    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
