using System.Globalization;

namespace ActorOps.Hocon.Units;

/// <summary>Durations such as <c>10s</c>, <c>1.5 minutes</c>, <c>-5ms</c>; a bare number is milliseconds.</summary>
public static class HoconDuration
{
    private static readonly Dictionary<string, double> NanosecondsByUnit = Units(
        (1, "ns nano nanos nanosecond nanoseconds"),
        (1e3, "us micro micros microsecond microseconds"),
        (1e6, "ms milli millis millisecond milliseconds"),
        (1e9, "s second seconds"),
        (60e9, "m minute minutes"),
        (3600e9, "h hour hours"),
        (86400e9, "d day days"));

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

    private static Dictionary<string, double> Units(params (double Nanoseconds, string Names)[] units)
    {
        var byName = units.SelectMany(unit => unit.Names.Split(' '), (unit, name) => (name, unit.Nanoseconds)).ToDictionary(pair => pair.name, pair => pair.Nanoseconds, StringComparer.Ordinal);
        byName.Add(string.Empty, 1e6);
        return byName;
    }
}
