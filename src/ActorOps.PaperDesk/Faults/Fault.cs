using System.Globalization;

namespace ActorOps.PaperDesk.Faults;

/// <summary>Something that goes wrong on demand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">What it hits; null: the usual.</param>
/// <param name="Start">Time since the desk's connection.</param>
/// <param name="Duration">How long.</param>
internal sealed record Fault(string Name, string? Target, TimeSpan Start, TimeSpan Duration)
{
    private const string TimeForm = "use 500ms, 30s, 2m or 1h";

    public bool IsActive(TimeSpan now) => now >= Start && now < Start + Duration;

    /// <summary>Reads <c>NAME[:TARGET][@T][+DURATION]</c>; without <c>@T</c> it begins now.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="strategies">Strategies of the desk.</param>
    /// <returns>The fault, or what is wrong with the text.</returns>
    public static (Fault? Fault, string? Problem) Parse(string text, IReadOnlyCollection<string> strategies)
    {
        var (head, duration) = Split(text, text.LastIndexOf('+'));
        (head, var start) = Split(head, head.IndexOf('@', StringComparison.Ordinal));
        var (name, target) = Split(head, head.IndexOf(':', StringComparison.Ordinal));
        if (FaultKind.Find(name) is not { } kind)
        {
            return (null, $"'{name}' is not a known fault; known: {string.Join(", ", FaultKind.All.Select(known => known.Name))}");
        }

        TimeSpan? from = start is null ? TimeSpan.Zero : Time(start);
        var length = duration is null ? kind.Duration : Time(duration);
        return target is not null && !Targets(kind.Hits, strategies).Contains(target) ? (null, $"'{target}' is not a target of {name}; known: {string.Join(", ", Targets(kind.Hits, strategies))}")
            : from is null ? (null, $"'{start}' is not a time to begin at: {TimeForm}")
            : length is not { Ticks: > 0 } ? (null, $"'{duration}' is not a duration above 0: {TimeForm}")
            : (new Fault(name, target, from.Value, length.Value), null);
    }

    private static string[] Targets(FaultTarget hits, IReadOnlyCollection<string> strategies) => hits switch
    {
        FaultTarget.Feed => ["spy-primary", "spy-backup", "both"],
        FaultTarget.Broker => ["paper-broker"],
        _ => [.. strategies, "all"],
    };

    private static (string Before, string? After) Split(string text, int mark) => mark < 0 ? (text, null) : (text[..mark], text[(mark + 1)..]);

    private static TimeSpan? Time(string text)
    {
        var unit = text.EndsWith("ms", StringComparison.Ordinal) ? "ms" : text.Length > 0 ? text[^1..] : string.Empty;
        var factor = unit switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, _ => 0 };
        return factor > 0 && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * factor < 1e6 ? TimeSpan.FromSeconds(number * factor) : null;
    }
}
