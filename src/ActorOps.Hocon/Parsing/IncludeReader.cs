namespace ActorOps.Hocon.Parsing;

/// <summary>What follows the word <c>include</c>.</summary>
internal sealed class IncludeReader(Cursor cursor, string file, HoconReadOptions options, int depth)
{
    private const int MaximumIncludes = 50;

    public ObjectNode Read(IReadOnlyList<string> prefix)
    {
        var position = cursor.Position;
        var required = Wrapper("required");
        foreach (var refused in (string[])["url", "classpath", "package"])
        {
            if (cursor.StartsWith(refused + "("))
            {
                throw new HoconException(position, $"include {refused}() is not supported: code and configuration come from files of this machine; use include \"file\"");
            }
        }

        var inFile = Wrapper("file");
        if (cursor.Peek() != '"')
        {
            throw cursor.Unexpected("a quoted file name after include (a key of this name is quoted: \"include\")");
        }

        var name = StringLexer.Quoted(cursor);
        Close(inFile);
        Close(required);
        if (name.EndsWith(".properties", StringComparison.Ordinal))
        {
            throw new HoconException(position, "include of a .properties file is not supported; write it as .conf");
        }

        if (Path.HasExtension(name) && Path.GetExtension(name) is not (".conf" or ".json" or ".hocon"))
        {
            throw new HoconException(position, $"'{name}' is not a configuration by its name and is not read: include takes .conf, .json and .hocon files; a secret goes into a file of its own, named by a key that ends in -file");
        }

        if (depth >= MaximumIncludes)
        {
            throw new HoconException(position, $"includes nested deeper than {MaximumIncludes}: does '{name}' include itself?");
        }

        return Load(name, required, prefix, position);
    }

    private ObjectNode Load(string name, bool required, IReadOnlyList<string> prefix, SourcePosition position)
    {
        var path = Path.Combine(Path.GetDirectoryName(file) ?? string.Empty, name);
        foreach (var candidate in Path.HasExtension(name) ? (string[])[path] : [path + ".conf", path + ".json"])
        {
            if (options.ReadFile(candidate) is { } text)
            {
                return new HoconParser(text, candidate, options, prefix, depth + 1).ParseRoot();
            }
        }

        return required ? throw new HoconException(position, $"required file '{path}' does not exist") : new ObjectNode(position);
    }

    private bool Wrapper(string word)
    {
        if (!cursor.StartsWith(word + "("))
        {
            return false;
        }

        cursor.Skip(word.Length + 1);
        cursor.Spaces();
        return true;
    }

    private void Close(bool opened)
    {
        if (!opened)
        {
            return;
        }

        cursor.Spaces();
        if (cursor.Peek() != ')')
        {
            throw cursor.Unexpected("')'");
        }

        cursor.Next();
    }
}
