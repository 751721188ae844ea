using System.Text;

namespace ActorOps.Hocon.Binding;

/// <summary>Names of properties as keys, and keys that look alike.</summary>
public static class KeyNames
{
    /// <summary><c>EvaluationGrace</c> as <c>evaluation-grace</c>.</summary>
    public static string ToKey(string property)
    {
        var key = new StringBuilder();
        for (var i = 0; i < property.Length; i++)
        {
            if (char.IsUpper(property[i]) && i > 0)
            {
                key.Append('-');
            }

            key.Append(char.ToLowerInvariant(property[i]));
        }

        return key.ToString();
    }

    /// <summary>The known key with the fewest edits (Levenshtein), when it is close enough to be meant.</summary>
    public static string? Nearest(string key, IEnumerable<string> known) =>
        known.Select(candidate => (candidate, Distance: Distance(key, candidate)))
            .Where(pair => pair.Distance <= Math.Max(2, key.Length / 3))
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();

    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
