using System.Text;

namespace ActorOps.Hocon;

/// <summary><c>CONFIG_FORCE_a_b__c___d</c> sets <c>a.b-c_d</c>: one underscore is a dot, two a dash, three an underscore.</summary>
public static class EnvironmentOverrides
{
    private const string Prefix = "CONFIG_FORCE_";

    /// <summary>The overrides among these variables as one HOCON layer, values quoted.</summary>
    public static string ToHocon(IEnumerable<KeyValuePair<string, string>> environment)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in environment.Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            text.Append(KeyOf(name[Prefix.Length..])).Append(" = ").AppendLine(Quote(value));
        }

        return text.ToString();
    }

    /// <summary>A HOCON string for this text.</summary>
    public static string Quote(string text) => "\"" + System.Text.Json.JsonEncodedText.Encode(text) + "\"";

    private static string KeyOf(string name)
    {
        var key = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var run = 0;
            while (i + run < name.Length && name[i + run] == '_' && run < 3)
            {
                run++;
            }

            key.Append(run switch { 0 => name[i], 1 => '.', 2 => '-', _ => '_' });
            i += Math.Max(0, run - 1);
        }

        return key.ToString();
    }
}
