using System.Globalization;

namespace ActorOps.Ops.Rules;

/// <summary>Limits in words: the flat table names them by option, people read the rule's name, the threshold and a unit.</summary>
public static class LimitText
{
    /// <summary>Name of a key such as <c>HourlyPnl.Critical</c>: <c>hourly-pnl critical</c>.</summary>
    public static string Name(string key) => Parts(key) is ({ } rule, var threshold) ? $"{rule.Name} {threshold}" : key;

    /// <summary>A value of a key with its unit: <c>-0.50 %</c>.</summary>
    public static string Value(string key, string value) =>
        Parts(key).Rule is { } rule && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? RuleText.Value(rule, number) : value;

    /// <summary>The rule of a key; null when it is not a rule's.</summary>
    internal static RuleKind? Rule(string key) => Parts(key).Rule;

    private static (RuleKind? Rule, string Threshold) Parts(string key)
    {
        var parts = key.Split('.', 2);
        return parts.Length < 2 ? (null, string.Empty) : (RuleTable.All.FirstOrDefault(rule => rule.Name.Replace("-", string.Empty, StringComparison.Ordinal).Equals(parts[0], StringComparison.OrdinalIgnoreCase)), parts[1].ToLowerInvariant());
    }
}
