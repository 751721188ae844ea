using System.Text.Json;
using ActorOps.Client.Wording;

namespace ActorOps.Cli.Killing;

/// <summary>The last line of every kill: TRIPPED or NOTHING WAS TRIPPED, and what to type next.</summary>
internal static class KillWords
{
    private const int Longest = 1000;

    /// <summary>The last line of a trip that a node has taken.</summary>
    /// <param name="answer">The node's answer.</param>
    /// <param name="isConfirmed">Whether it is stored, or every member has it.</param>
    public static string Of(JsonElement answer, bool isConfirmed) => UnknownScope(answer) is { } unknown
        ? $"NOTHING IS STOPPED BY THIS: {End(Text(unknown, "detail"))} The trip is kept. Type: actorops kill --scope {Nearest(unknown)} --now"
        : $"TRIPPED {Text(answer, "level")} {Text(answer, "scope")}: trip {Text(answer, "tripId")}{(isConfirmed ? string.Empty : ", not confirmed by every node")}. Next: actorops kill status";

    /// <summary>The scope that no desk has; null: the trip stops something.</summary>
    public static JsonElement? UnknownScope(JsonElement answer) =>
        answer.TryGetProperty("unknownScope", out var unknown) && unknown.ValueKind == JsonValueKind.Object ? unknown : null;

    /// <summary>The last line where nothing was tripped.</summary>
    public static string Nothing(string why, string next) => $"NOTHING WAS TRIPPED: {End(Clean(why))} {next}";

    /// <summary>A text of the server's, fit for a terminal.</summary>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? Clean(value.ToString()) : "unknown";

    public static string Clean(string text) => PlainText.Clean(text, Longest);

    private static string End(string sentence) => sentence.EndsWith('.') || sentence.EndsWith('?') ? sentence : sentence + ".";

    private static string Nearest(JsonElement unknown) =>
        unknown.TryGetProperty("nearest", out var nearest) && nearest.ValueKind == JsonValueKind.Array && nearest.GetArrayLength() > 0 ? Clean(nearest[0].ToString()) : "firm";
}
