using System.Globalization;
using System.IO.Compression;

namespace ActorOps.PaperDesk.Markets;

/// <summary>A market day from a CSV file <c>time,price,size</c> (RFC 3339 UTC; <c>.gz</c> too), from where the market is awake.</summary>
internal static class RecordedMarket
{
    private const int AwakeTicksAMinute = 60;

    /// <summary>Reads a file lazily.</summary>
    /// <exception cref="FormatException">A line is not a tick; the message names it.</exception>
    public static IEnumerable<MarketTick> Read(string path)
    {
        var begin = FindAwake(path);
        foreach (var (time, price, size) in Lines(path))
        {
            if (time >= begin)
            {
                yield return new MarketTick(time - begin, price, size);
            }
        }
    }

    /// <summary>Start of the first minute with a trade a second; of the file, when there is none.</summary>
    private static DateTimeOffset FindAwake(string path)
    {
        DateTimeOffset? first = null;
        DateTimeOffset minute = default;
        var count = 0;
        foreach (var (time, _, _) in Lines(path))
        {
            first ??= time;
            var current = new DateTimeOffset(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
            (count, minute) = current == minute ? (count + 1, minute) : (1, current);
            if (count >= AwakeTicksAMinute)
            {
                return minute;
            }
        }

        return first ?? throw new FormatException($"{path} holds no ticks.");
    }

    private static IEnumerable<(DateTimeOffset Time, decimal Price, int Size)> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(stream);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || (number == 1 && line.StartsWith("time", StringComparison.Ordinal)))
            {
                continue;
            }

            var parts = line.Split(',');
            if (parts.Length < 3
                || !DateTimeOffset.TryParse(parts[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) || price <= 0
                || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                throw new FormatException($"{path}:{number}: '{line}' is not a tick; expected time,price,size such as 2013-10-08T13:30:00.123Z,167.42,100");
            }

            yield return (time, price, size);
        }
    }
}
