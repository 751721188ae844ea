namespace ActorOps.Ops.Rules;

/// <summary>One rule as last evaluated.</summary>
/// <param name="Rule">Its name, such as <c>hourly-pnl</c>.</param>
/// <param name="Level">Where it stands.</param>
/// <param name="Value">Its value, in the rule's unit; NaN when there is none.</param>
/// <param name="Threshold">The threshold that was crossed, else the next one.</param>
/// <param name="WindowMs">Its window, ms.</param>
/// <param name="Note">Why it is not evaluated or unknown.</param>
public sealed record RuleReading(string Rule, RuleLevel Level, double Value, double Threshold, long WindowMs, string? Note)
{
    /// <summary>Warning threshold; null when the rule has none.</summary>
    public double? Warning { get; init; }

    /// <summary>Critical threshold.</summary>
    public double? Critical { get; init; }
}
