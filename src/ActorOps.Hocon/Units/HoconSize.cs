using System.Globalization;

namespace ActorOps.Hocon.Units;

/// <summary>Sizes such as <c>16 KiB</c>, <c>64k</c>, <c>10MB</c>; a bare number is bytes. One letter means powers of 1024, as in lightbend/config.</summary>
public static class HoconSize
{
    private static readonly string[] Prefixes = ["kilo", "mega", "giga", "tera", "peta"];

    /// <summary>Reads a size in bytes. False for an unknown unit, no number, a negative number or more than 2^53.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var trimmed = text.AsSpan().Trim();
        var split = trimmed.LastIndexOfAny("0123456789.") + 1;
        if (!double.TryParse(trimmed[..split], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || Factor(trimmed[split..].Trim().ToString()) is not { } factor
            || number * factor > 1L << 53)
        {
            return false;
        }

        bytes = (long)(number * factor);
        return true;
    }

    private static double? Factor(string unit)
    {
        if (unit is "" or "B" or "b" or "byte" or "bytes")
        {
            return 1;
        }

        for (var i = 0; i < Prefixes.Length; i++)
        {
            var letter = char.ToUpperInvariant(Prefixes[i][0]);
            var binary = Prefixes[i][..2] + "bi";
            if (unit == $"{letter}iB" || unit == $"{letter}i" || unit == $"{letter}" || unit == $"{char.ToLowerInvariant(letter)}" || unit == binary + "byte" || unit == binary + "bytes")
            {
                return Math.Pow(1024, i + 1);
            }

            if (unit == $"{letter}B" || (i == 0 && unit == "kB") || unit == Prefixes[i] + "byte" || unit == Prefixes[i] + "bytes")
            {
                return Math.Pow(1000, i + 1);
            }
        }

        return null;
    }
}
