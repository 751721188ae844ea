using System.Globalization;

namespace ActorOps.PaperDesk.Faults;

/// <summary>Something that goes wrong on demand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">What it hits; null: the usual.</param>
/// <param name="Start">Time since the desk's start.</param>
/// <param name="Duration">How long.</param>
internal sealed record Fault(string Name, string? Target, TimeSpan Start, TimeSpan Duration)
{
    private static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<string> Names { get; } = ["feed-stall", "broker-drop", "loss-shock", "slippage", "stuck-orders", "drift"];

    public bool IsActive(TimeSpan now) => now >= Start && now < Start + Duration;

    /// <summary>Reads <c>NAME[:TARGET]@T[+DURATION]</c>, times such as <c>30s</c>, <c>500ms</c>, <c>2m</c>.</summary>
    public static bool TryParse(string text, out Fault? fault)
    {
        fault = null;
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var name = text[..at];
        var target = (string?)null;
        if (name.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            (name, target) = (name[..colon], name[(colon + 1)..]);
        }

        var times = text[(at + 1)..].Split('+');
        var duration = DefaultDuration;
        if (!Names.Contains(name) || times.Length > 2 || !TryTime(times[0], out var start) || (times.Length == 2 && !TryTime(times[1], out duration)))
        {
            return false;
        }

        fault = new Fault(name, target, start, duration);
        return true;
    }

    private static bool TryTime(string text, out TimeSpan time)
    {
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? "ms" : text.Length > 0 ? text[^1..] : string.Empty;
        var factor = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => 0 };
        var good = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && factor > 0 && number * factor < 1e6;
        time = good ? TimeSpan.FromSeconds(number * factor) : default;
        return good;
    }
}
