namespace ActorOps.PaperDesk.Markets;

/// <summary>
/// A market from a seed: prices move by a random walk whose variance clusters (GARCH(1,1), persistence 0.97), trades come in bursts, and
/// now and then the price gaps. Endless; the same seed gives the same market.
/// </summary>
/// <remarks>
/// Two weak habits pay for the costs of trading, so that a healthy desk neither earns nor loses much: orders press the price away from its value for a
/// second or two (what mean reversion lives on), and the value drifts in one direction for a minute or two (what momentum lives on).
/// </remarks>
internal static class GeneratedMarket
{
    private const double LongRunVariance = 4e-10;
    private const double Pressure = 0.037;
    private const double PressureKept = 0.955;
    private const double Drift = 4e-7;
    private const double DriftKept = 0.99942;

    public static IEnumerable<MarketTick> Generate(int seed)
    {
        var random = new Random(seed);
        var value = 165.0;
        var variance = LongRunVariance;
        var time = TimeSpan.Zero;
        var (shock, pressure, drift) = (0.0, 0.0, 0.0);
        while (true)
        {
            variance = (0.03 * LongRunVariance) + (0.07 * shock * shock) + (0.90 * variance);
            shock = Math.Sqrt(variance) * Gaussian(random);
            if (random.NextDouble() < 1e-5)
            {
                shock += (random.NextDouble() < 0.5 ? -1 : 1) * 0.0008;
            }

            pressure = Fade(pressure, PressureKept, Pressure, random);
            drift = Fade(drift, DriftKept, Drift, random);

            // A weak pull to the starting price keeps an endless market in a range that makes sense.
            value *= Math.Exp(shock + drift - (1e-6 * Math.Log(value / 165)));
            time += TimeSpan.FromMilliseconds(20 + (-Math.Log(1 - random.NextDouble()) * 80));
            yield return new MarketTick(time, Math.Round((decimal)(value + pressure), 2), 100 * (1 + random.Next(5)));
        }
    }

    /// <summary>One step of a process that forgets: <paramref name="kept"/> of it stays, its standard deviation is <paramref name="size"/>.</summary>
    private static double Fade(double before, double kept, double size, Random random) => (kept * before) + (Math.Sqrt(1 - (kept * kept)) * size * Gaussian(random));

    /// <summary>Box and Muller.</summary>
    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
