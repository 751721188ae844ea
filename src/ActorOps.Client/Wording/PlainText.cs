using System.Globalization;
using System.Text;

namespace ActorOps.Client.Wording;

/// <summary>
/// Texts of others, fit to be kept and shown on one line: no control, no line or paragraph separator, no mark that is invisible or turns the direction of
/// reading, no lone surrogate, and no longer than it may be.
/// </summary>
internal static class PlainText
{
    /// <summary>A letter with more marks on it than this is somebody's joke.</summary>
    private const int LongestElement = 8;

    /// <summary>Cleans a text. Never refuses: what is replaced becomes a space, what is invisible goes.</summary>
    /// <param name="text">The text; null counts as empty.</param>
    /// <param name="length">Most text elements (what a reader counts as characters) that are kept; never more than twice as many UTF-16 units.</param>
    public static string Clean(string? text, int length)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        if (text.Length <= length && IsPlainAscii(text))
        {
            return text;
        }

        var clean = new StringBuilder();
        for (var rest = text.AsSpan(0, Math.Min(text.Length, 4 * length)); rest.Length > 0;)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done;
            rest = rest[used..];
            if (!isWhole || IsBreak(rune))
            {
                clean.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return Cut(clean.ToString(), length);
    }

    /// <summary>JSON text that may be shown on a terminal: what is unsafe in its strings is written as an escape, so that it stays the same JSON.</summary>
    public static string CleanJson(string json)
    {
        if (json.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return json;
        }

        var clean = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            // One by one: in a pair both halves are escaped alike.
            var isUnsafe = c is not ('\n' or '\r' or '\t') && (char.IsControl(c) || (!char.IsSurrogate(c) && (IsBreak(new Rune(c)) || IsInvisible(new Rune(c)))));
            _ = isUnsafe ? clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : clean.Append(c);
        }

        return clean.ToString();
    }

    private static bool IsPlainAscii(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static bool IsBreak(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Directions, joiners, zero widths and tags; and letters and marks that are drawn as nothing.</summary>
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x3164 or 0xFFA0 or (>= 0x180B and <= 0x180F) or (>= 0xE0000 and <= 0xE0FFF);

    private static string Cut(string text, int length)
    {
        var cut = new StringBuilder();
        var rest = text.AsSpan();
        for (var count = 0; count < length && rest.Length > 0; count++)
        {
            var whole = StringInfo.GetNextTextElementLength(rest);
            var kept = Math.Min(whole, LongestElement);
            kept -= kept < whole && char.IsHighSurrogate(rest[kept - 1]) ? 1 : 0;
            if (cut.Length + kept > 2 * length)
            {
                break;
            }

            cut.Append(rest[..kept]);
            rest = rest[whole..];
        }

        return cut.ToString();
    }
}
