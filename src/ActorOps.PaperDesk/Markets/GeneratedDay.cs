using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ActorOps.PaperDesk.Markets;

/// <summary>
/// One trading day from a seed, in the form of a recorded one: a thin hour before the open, an overnight gap, six and a half hours of session, trades of one cent's grain.
/// The same seed gives the same day.
/// </summary>
/// <remarks>
/// Volatility and activity are high at the open, low at midday and higher again at the close (the U-shape of Admati and Pfleiderer, 1988). Trades excite trades: a
/// burst multiplies the activity by up to twenty and fades within seconds (a self-exciting process, Hawkes 1971). Volatility clusters from minute to minute. Some days have a halt
/// of five minutes, after which the price opens elsewhere. Prices bounce between bid and ask by a cent. Sizes are odd lots, round lots and a few blocks.
/// </remarks>
internal static class GeneratedDay
{
    private const double DailyVolatility = 0.009;
    private const double GapVolatility = 0.004;
    private const double Pressure = 0.04;
    private const double PressureSeconds = 2;
    private const double TradesASecond = 2.5;
    private const double SessionSeconds = 6.5 * 3600;
    private const double ThinSeconds = 3600;
    private static readonly DateTimeOffset Open = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);

    /// <summary>The session's trades; time counts from the open.</summary>
    public static IEnumerable<MarketTick> Ticks(int seed) => All(seed).Where(tick => tick.Time >= TimeSpan.Zero);

    /// <summary>Writes the whole day as <c>time,price,size</c>, what <c>--ticks</c> reads; compressed where the name ends with <c>.gz</c>.</summary>
    public static async Task WriteAsync(int seed, string path, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : (Stream)file;
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false));
        await writer.WriteLineAsync("time,price,size".AsMemory(), cancellation).ConfigureAwait(false);
        foreach (var tick in All(seed))
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{(Open + tick.Time).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{tick.Price:0.00},{tick.Size}");
            await writer.WriteLineAsync(line.AsMemory(), cancellation).ConfigureAwait(false);
        }
    }

    private static IEnumerable<MarketTick> All(int seed)
    {
        var random = new Random(seed);
        var fair = 165 * Math.Exp(0.1 * Gaussian(random));
        for (var second = -ThinSeconds + (8 * random.NextDouble()); second < 0; second += 4 + (8 * random.NextDouble()))
        {
            fair *= Math.Exp(2e-5 * Gaussian(random));
            yield return Trade(random, second, fair);
        }

        fair *= Math.Exp(GapVolatility * Gaussian(random));
        var halt = random.NextDouble() < 0.5 ? SessionSeconds * (0.1 + (0.8 * random.NextDouble())) : double.PositiveInfinity;
        var (excitement, minute, cluster, pressure) = (0.0, 0.0, 1.0, 0.0);
        for (var second = 0.0; second < SessionSeconds;)
        {
            var shape = Shape(second / SessionSeconds);
            var step = -Math.Log(1 - random.NextDouble()) / (TradesASecond * shape * (1 + excitement));
            excitement = (excitement * Math.Exp(-step / 2)) + (random.NextDouble() < 0.002 ? 20 * random.NextDouble() : 0);
            second += step;
            if (second >= minute)
            {
                minute = (Math.Floor(second / 60) + 1) * 60;
                cluster = Math.Exp((0.8 * Math.Log(cluster)) + (0.2 * Gaussian(random)));
            }

            if (second >= halt)
            {
                (second, halt) = (second + 300, double.PositiveInfinity);
                fair *= Math.Exp(0.004 * Gaussian(random));
            }

            fair *= Math.Exp(DailyVolatility * Math.Sqrt(step / SessionSeconds) * Math.Sqrt(shape) * cluster * Gaussian(random));
            if (second < SessionSeconds)
            {
                // Orders press the price away from its value for a moment; it comes back.
                var kept = Math.Exp(-step / PressureSeconds);
                pressure = (kept * pressure) + (Math.Sqrt(1 - (kept * kept)) * Pressure * Gaussian(random));
                yield return Trade(random, second, fair + pressure);
            }
        }
    }

    /// <summary>Activity over the session, 1 on average: a parabola with its low shortly after midday.</summary>
    private static double Shape(double x) => 0.55 + (4.8 * (x - 0.55) * (x - 0.55));

    private static MarketTick Trade(Random random, double second, double fair)
    {
        var price = Math.Round((decimal)fair + (random.Next(2) == 0 ? -0.005m : 0.005m), 2);
        var size = random.NextDouble() switch
        {
            < 0.25 => 1 + random.Next(99),
            < 0.995 => 100 * (1 + (int)(-Math.Log(1 - random.NextDouble()) * 2)),
            _ => 1000 * (5 + random.Next(15)),
        };
        return new MarketTick(TimeSpan.FromMilliseconds(Math.Round(second * 1000)), price, size);
    }

    /// <summary>Box and Muller.</summary>
    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
