using System.Buffers.Text;

namespace ActorOps.Ops.Signals;

/// <summary>Numbers and times from UTF-8.</summary>
internal static class SignalNumbers
{
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => Math.Pow(10, power))];

    /// <summary>A finite decimal number. Up to 15 digits are exact by one division (both operands are exact doubles); the rest goes to the framework.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        long mantissa = 0;
        var digits = 0;
        var decimals = -1;
        var i = text.Length > 0 && text[0] == '-' ? 1 : 0;
        for (; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                digits++;
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (text[i] == '.' && decimals < 0 && digits > 0)
            {
                decimals = 0;
            }
            else
            {
                return Slow(text, out value);
            }
        }

        if (digits is 0 or > 15)
        {
            return Slow(text, out value);
        }

        value = decimals > 0 ? mantissa / PowersOfTen[decimals] : mantissa;
        value = text[0] == '-' ? -value : value;
        return decimals != 0;
    }

    /// <summary>RFC 3339 as Unix ms: <c>2026-01-05T14:30:00.123Z</c> by hand, any other form by the framework.</summary>
    public static bool TryParseTime(ReadOnlySpan<byte> text, out long unixMs)
    {
        if (text.Length is >= 20 and <= 30 && text[^1] == 'Z' && text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':'
            && Two(text, 0) is >= 0 and var century && Two(text, 2) is >= 0 and var year && Two(text, 5) is > 0 and <= 12 and var month
            && Two(text, 8) is > 0 and <= 31 and var day && Two(text, 11) is >= 0 and < 24 and var hour && Two(text, 14) is >= 0 and < 60 and var minute
            && Two(text, 17) is >= 0 and < 60 and var second && day <= DateTime.DaysInMonth(Math.Max(1, (century * 100) + year), month)
            && Milliseconds(text[19..^1]) is >= 0 and var fraction)
        {
            unixMs = ((Days((century * 100) + year, month, day) * 86_400L) + (hour * 3600) + (minute * 60) + second) * 1000 + fraction;
            return true;
        }

        return SlowTime(text, out unixMs);
    }

    /// <summary>Of nothing, or of a point and digits, which are cut off after the third; -1: of anything else.</summary>
    private static int Milliseconds(ReadOnlySpan<byte> fraction)
    {
        if (fraction.Length == 0)
        {
            return 0;
        }

        if (fraction[0] != '.' || fraction.Length == 1 || fraction[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return -1;
        }

        var value = 0;
        for (var i = 1; i <= 3; i++)
        {
            value = (value * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return value;
    }

    private static int Two(ReadOnlySpan<byte> text, int index)
    {
        int high = text[index] - '0', low = text[index + 1] - '0';
        return (uint)high <= 9 && (uint)low <= 9 ? (high * 10) + low : -1;
    }

    /// <summary>Days from 1970-01-01 in the proleptic Gregorian calendar (H. Hinnant, days_from_civil).</summary>
    private static long Days(int year, int month, int day)
    {
        year -= month <= 2 ? 1 : 0;
        var era = year / 400;
        var ofEra = year - (era * 400);
        var ofYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        return (era * 146_097L) + (ofEra * 365) + (ofEra / 4) - (ofEra / 100) + ofYear - 719_468;
    }

    private static bool Slow(ReadOnlySpan<byte> text, out double value) =>
        Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length && double.IsFinite(value);

    private static bool SlowTime(ReadOnlySpan<byte> text, out long unixMs)
    {
        unixMs = 0;
        Span<char> chars = stackalloc char[40];
        if (text.Length > chars.Length || System.Text.Ascii.ToUtf16(text, chars, out var written) != System.Buffers.OperationStatus.Done
            || !DateTimeOffset.TryParse(chars[..written], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        unixMs = time.ToUnixTimeMilliseconds();
        return true;
    }
}
