using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Gates;

/// <summary>What a desk may say of an order. The words are ours; anything else that it sends is text to show, cleaned and cut.</summary>
internal static class ControlOutcome
{
    public const string Expired = "expired";

    /// <summary>What is kept of an unknown word.</summary>
    public const string Other = "other";

    private const int LongestOutcome = 100;
    private const int LongestDetail = 500;
    private static readonly string[] Known = ["applied", "repeated", Expired, "refused", "failed"];

    /// <summary>The word to keep.</summary>
    public static string Of(string? outcome) => Array.IndexOf(Known, outcome) >= 0 ? outcome! : Other;

    /// <summary>Whether the order was carried out.</summary>
    public static bool IsDone(string? outcome) => outcome is "applied" or "repeated";

    /// <summary>For the log.</summary>
    public static string Describe(string? outcome, string? detail) => string.IsNullOrEmpty(detail)
        ? SafeText.Clean(outcome, LongestOutcome)
        : $"{SafeText.Clean(outcome, LongestOutcome)} ({SafeText.Clean(detail, LongestDetail)})";
}
