using System.Globalization;

namespace ActorOps.Hocon.Parsing;

/// <summary>A place that moves through a text and knows its line and column.</summary>
internal sealed class Cursor(string text, string file)
{
    private int _index;
    private int _line = 1;
    private int _lineStart;

    public const char End = '\0';

    public SourcePosition Position => new(file, _line, _index - _lineStart + 1);

    public bool AtEnd => _index >= text.Length;

    public char Peek(int ahead = 0) => _index + ahead < text.Length ? text[_index + ahead] : End;

    public bool StartsWith(string expected) => string.CompareOrdinal(text, _index, expected, 0, expected.Length) == 0;

    public char Next()
    {
        var c = text[_index++];
        if (c == '\n')
        {
            _line++;
            _lineStart = _index;
        }

        return c;
    }

    public void Skip(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Next();
        }
    }

    /// <summary>Skips whitespace other than newlines and returns it.</summary>
    public string Spaces()
    {
        var start = _index;
        while (!AtEnd && Peek() != '\n' && IsWhitespace(Peek()))
        {
            Next();
        }

        return text[start.._index];
    }

    /// <summary>Skips a comment up to its newline; false when there is none.</summary>
    public bool Comment()
    {
        if (Peek() != '#' && !(Peek() == '/' && Peek(1) == '/'))
        {
            return false;
        }

        while (!AtEnd && Peek() != '\n')
        {
            Next();
        }

        return true;
    }

    /// <summary>Skips whitespace, newlines and comments; true when a newline was among them.</summary>
    public bool Blank()
    {
        var newline = false;
        while (true)
        {
            Spaces();
            if (Peek() == '\n' && !AtEnd)
            {
                Next();
                newline = true;
            }
            else if (!Comment())
            {
                return newline;
            }
        }
    }

    public HoconException Error(string problem) => new(Position, problem);

    public HoconException Unexpected(string expected) => Error($"found {Describe()}, expected {expected}");

    public string Describe() => AtEnd ? "the end of the text" : Peek() == '\n' ? "the end of the line" : $"'{Peek()}'";

    /// <summary>JSON whitespace, every Unicode space, BOM; the newline is one too but ends values.</summary>
    public static bool IsWhitespace(char c) =>
        c is ' ' or '\n' or '\t' or '\v' or '\f' or '\r' or '\u001c' or '\u001d' or '\u001e' or '\u001f' or '\ufeff'
        || (c > 127 && char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
