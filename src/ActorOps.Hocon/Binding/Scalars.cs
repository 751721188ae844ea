using System.Globalization;
using ActorOps.Hocon.Units;

namespace ActorOps.Hocon.Binding;

/// <summary>Texts to typed values.</summary>
internal static class Scalars
{
    private const int LongestQuoted = 20;

    public static bool TryParse(string text, Type type, out object? value)
    {
        value = null;
        if (type == typeof(string))
        {
            value = text;
        }
        else if (type == typeof(Secret))
        {
            value = new Secret(text);
        }
        else if (type == typeof(bool))
        {
            value = text switch { "true" or "yes" or "on" => true, "false" or "no" or "off" => false, _ => null };
        }
        else if (type == typeof(TimeSpan))
        {
            value = HoconDuration.TryParse(text, out var duration) ? duration : null;
        }
        else if (type == typeof(int))
        {
            value = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
        else if (type == typeof(double))
        {
            value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
        }
        else if (type == typeof(decimal))
        {
            value = decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;
        }

        return value is not null;
    }

    /// <summary>A value in an error. Long texts and pairs are not repeated: they may be a secret under the wrong key.</summary>
    public static string Quote(string text) => text.Length <= LongestQuoted && !text.Contains('=', StringComparison.Ordinal) ? $"'{text}'" : $"a text of {text.Length} characters";

    public static string Describe(Type type) =>
        type == typeof(bool) ? "true or false"
        : type == typeof(TimeSpan) ? "a duration such as 10s, 250ms or 1h"
        : type == typeof(int) ? "an integer"
        : type == typeof(double) || type == typeof(decimal) ? "a number"
        : "a text";
}
