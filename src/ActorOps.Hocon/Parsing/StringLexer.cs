using System.Globalization;
using System.Text;

namespace ActorOps.Hocon.Parsing;

/// <summary>Quoted, triple-quoted and unquoted text.</summary>
internal static class StringLexer
{
    private const string Forbidden = "$\"{}[]:=,+#`^?!@*&\\";

    /// <summary>The cursor stands on the opening quote.</summary>
    public static string Quoted(Cursor cursor)
    {
        if (cursor.StartsWith("\"\"\""))
        {
            return TripleQuoted(cursor);
        }

        cursor.Next();
        var text = new StringBuilder();
        while (true)
        {
            if (cursor.AtEnd || cursor.Peek() == '\n')
            {
                throw cursor.Unexpected("the closing '\"' of a string (use \"\"\" for several lines)");
            }

            var c = cursor.Peek();
            if (c < ' ')
            {
                throw cursor.Error($"control character U+{(int)c:X4} in a string; write it as \\u{(int)c:x4}");
            }

            cursor.Next();
            if (c == '"')
            {
                return text.ToString();
            }

            text.Append(c == '\\' ? Escape(cursor) : c);
        }
    }

    public static bool CanStartUnquoted(Cursor cursor) => !cursor.AtEnd && IsUnquoted(cursor);

    /// <summary>Text up to whitespace, a forbidden character or a comment.</summary>
    public static string Unquoted(Cursor cursor)
    {
        var text = new StringBuilder();
        while (!cursor.AtEnd && IsUnquoted(cursor))
        {
            text.Append(cursor.Next());
        }

        return text.ToString();
    }

    private static bool IsUnquoted(Cursor cursor)
    {
        var c = cursor.Peek();
        return !Cursor.IsWhitespace(c) && !Forbidden.Contains(c, StringComparison.Ordinal) && !(c == '/' && cursor.Peek(1) == '/') && c >= ' ';
    }

    /// <summary>Ends at the last three of a run of quotes: further quotes before them belong to the text.</summary>
    private static string TripleQuoted(Cursor cursor)
    {
        var start = cursor.Position;
        cursor.Skip(3);
        var text = new StringBuilder();
        while (!cursor.AtEnd)
        {
            if (cursor.StartsWith("\"\"\"") && cursor.Peek(3) != '"')
            {
                cursor.Skip(3);
                return text.ToString();
            }

            text.Append(cursor.Next());
        }

        throw new HoconException(start, "this \"\"\" has no closing \"\"\"");
    }

    private static char Escape(Cursor cursor)
    {
        var c = cursor.AtEnd ? Cursor.End : cursor.Next();
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => UnicodeEscape(cursor),
            _ => throw cursor.Error("unknown escape in a string, expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"),
        };
    }

    private static char UnicodeEscape(Cursor cursor)
    {
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < 4; i++)
        {
            digits[i] = cursor.AtEnd ? ' ' : cursor.Next();
        }

        return ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? (char)value
            : throw cursor.Error("expected four hexadecimal digits after \\u");
    }
}
