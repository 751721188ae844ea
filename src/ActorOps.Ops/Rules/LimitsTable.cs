using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Ops.Rules;

/// <summary>Limits as a flat table, its hash, and what a change of it means.</summary>
internal static class LimitsTable
{
    public static SortedDictionary<string, string> Of(RuleOptions options)
    {
        var table = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in typeof(RuleOptions).GetProperties())
        {
            if (property.GetValue(options) is RuleLimit limit)
            {
                table[$"{property.Name}.Warning"] = Text(limit.Warning);
                table[$"{property.Name}.Critical"] = Text(limit.Critical);
            }
        }

        return table;
    }

    public static string Hash(SortedDictionary<string, string> table) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', table.Select(item => $"{item.Key}={item.Value}")))));

    public static IReadOnlyList<string> Changes(IReadOnlyDictionary<string, string> before, SortedDictionary<string, string> after) =>
        [.. after.Where(item => before.TryGetValue(item.Key, out var old) && old != item.Value).Select(item => $"{LimitText.Name(item.Key)}: {LimitText.Value(item.Key, before[item.Key])} -> {LimitText.Value(item.Key, item.Value)} ({Direction(item.Key, before[item.Key], item.Value)})")];

    /// <summary>Keys whose limit lets more happen than before.</summary>
    public static IReadOnlyList<string> Loosened(IReadOnlyDictionary<string, string> before, SortedDictionary<string, string> after) =>
        [.. after.Where(item => before.TryGetValue(item.Key, out var old) && IsLooser(item.Key, Number(old), Number(item.Value))).Select(item => item.Key)];

    /// <summary>Whether a limit lets more happen than another.</summary>
    public static bool IsLooser(string key, double before, double after) =>
        LimitText.Rule(key) is { AboveIsBad: false } ? after < before : after > before;

    private static string Direction(string key, string before, string after) => IsLooser(key, Number(before), Number(after)) ? "LOOSER" : "tighter";

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
