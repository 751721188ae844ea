using System.Globalization;

namespace ActorOps.Hocon.Units;

/// <summary>Durations such as <c>10s</c>, <c>1.5 minutes</c>, <c>-5ms</c>; a bare number is milliseconds.</summary>
public static class HoconDuration
{
    private static readonly Dictionary<string, double> NanosecondsByUnit = new(StringComparer.Ordinal)
    {
        ["ns"] = 1, ["nano"] = 1, ["nanos"] = 1, ["nanosecond"] = 1, ["nanoseconds"] = 1,
        ["us"] = 1e3, ["micro"] = 1e3, ["micros"] = 1e3, ["microsecond"] = 1e3, ["microseconds"] = 1e3,
        [""] = 1e6, ["ms"] = 1e6, ["milli"] = 1e6, ["millis"] = 1e6, ["millisecond"] = 1e6, ["milliseconds"] = 1e6,
        ["s"] = 1e9, ["second"] = 1e9, ["seconds"] = 1e9,
        ["m"] = 60e9, ["minute"] = 60e9, ["minutes"] = 60e9,
        ["h"] = 3600e9, ["hour"] = 3600e9, ["hours"] = 3600e9,
        ["d"] = 86400e9, ["day"] = 86400e9, ["days"] = 86400e9,
    };

    /// <summary>Reads a duration, to 100 ns. False for an unknown unit, no number, or more than 10,000 days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var trimmed = text.AsSpan().Trim();
        var split = trimmed.LastIndexOfAny("0123456789.") + 1;
        if (!double.TryParse(trimmed[..split], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            || !NanosecondsByUnit.TryGetValue(trimmed[split..].Trim().ToString(), out var unit)
            || Math.Abs(number * unit) > TimeSpan.FromDays(10_000).TotalMilliseconds * 1e6)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(number * unit / 100));
        return true;
    }
}
