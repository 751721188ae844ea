using System.Globalization;

namespace ActorOps.Client.Wording;

/// <summary>Durations and ages in words, the same for every screen: <c>84 ms</c>, <c>13.9 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>, <c>4 d 2 h</c>.</summary>
internal static class DurationText
{
    /// <summary>A duration; one below zero counts as its absolute value.</summary>
    public static string Of(TimeSpan duration)
    {
        var ms = Math.Abs(duration.TotalMilliseconds);
        return ms < 999.5 ? Number(ms, "0", "ms")
            : ms < 59_950 ? Number(ms / 1000, ms < 20_000 ? "0.#" : "0", "s")
            : ms < 3_599_500 ? Two((long)Math.Round(ms / 1000), 60, "min", "s")
            : ms < 86_370_000 ? Two((long)Math.Round(ms / 60_000), 60, "h", "min")
            : Two((long)Math.Round(ms / 3_600_000), 24, "d", "h");
    }

    /// <summary>A duration in milliseconds.</summary>
    public static string OfMs(double ms) => double.IsFinite(ms) ? Of(TimeSpan.FromMilliseconds(Math.Clamp(ms, -1e14, 1e14))) : "unknown";

    /// <summary>Time until something ends, or since it ended: <c>ends in 3.2 s</c>, <c>ended 13.9 s ago</c>.</summary>
    public static string Ending(TimeSpan left) => left > TimeSpan.Zero ? $"ends in {Of(left)}" : $"ended {Of(left)} ago";

    private static string Two(long small, int ratio, string large, string unit) =>
        small % ratio == 0 ? $"{small / ratio} {large}" : $"{small / ratio} {large} {small % ratio} {unit}";

    private static string Number(double value, string format, string unit) => $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
