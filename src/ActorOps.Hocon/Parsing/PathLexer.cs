using System.Text;

namespace ActorOps.Hocon.Parsing;

/// <summary>Path expressions: dots in unquoted text separate the elements, quoted text is kept whole, inner whitespace is kept.</summary>
internal static class PathLexer
{
    /// <summary>Reads up to (and without) one of the terminators or a newline.</summary>
    public static IReadOnlyList<string> Read(Cursor cursor, string terminators)
    {
        var start = cursor.Position;
        var path = new List<string>();
        var element = new StringBuilder();
        var quoted = false;
        var pending = cursor.Spaces();
        pending = string.Empty;
        while (!cursor.AtEnd && cursor.Peek() != '\n' && !terminators.Contains(cursor.Peek(), StringComparison.Ordinal))
        {
            if (cursor.Peek() == '"')
            {
                element.Append(pending).Append(StringLexer.Quoted(cursor));
                quoted = true;
            }
            else if (StringLexer.CanStartUnquoted(cursor))
            {
                element.Append(pending);
                foreach (var c in StringLexer.Unquoted(cursor))
                {
                    if (c == '.')
                    {
                        Finish(path, element, ref quoted, start);
                    }
                    else
                    {
                        element.Append(c);
                    }
                }
            }
            else
            {
                break;
            }

            pending = cursor.Spaces();
        }

        Finish(path, element, ref quoted, start);
        return path;
    }

    private static void Finish(List<string> path, StringBuilder element, ref bool quoted, SourcePosition start)
    {
        if (element.Length == 0 && !quoted)
        {
            throw new HoconException(start, "a key or path has an empty element; quote it (\"\") if it is meant to be empty");
        }

        path.Add(element.ToString());
        element.Clear();
        quoted = false;
    }
}
