namespace ActorOps.Hocon.Parsing;

/// <summary>One text to one tree, by recursive descent.</summary>
internal sealed class HoconParser(string text, string file, HoconReadOptions options, IReadOnlyList<string> prefix, int includeDepth)
{
    private const int MaximumDepth = 256;
    private readonly Cursor _cursor = new(text, file);
    private int _depth;

    public ObjectNode ParseRoot()
    {
        _cursor.Blank();
        var root = new ObjectNode(_cursor.Position);
        switch (_cursor.Peek())
        {
            case '{':
                root = ParseObject(prefix);
                _cursor.Blank();
                break;
            case '[':
                throw _cursor.Error("the root is an array; a configuration is an object");
            default:
                ParseFields(root, prefix, Cursor.End);
                break;
        }

        return _cursor.AtEnd ? root : throw _cursor.Unexpected("the end of the text");
    }

    private ObjectNode ParseObject(IReadOnlyList<string> path)
    {
        var node = new ObjectNode(_cursor.Position);
        Enter();
        _cursor.Next();
        _cursor.Blank();
        ParseFields(node, path, '}');
        if (_cursor.AtEnd)
        {
            throw _cursor.Unexpected($"the '}}' of the object that begins at {node.Position}");
        }

        _cursor.Next();
        _depth--;
        return node;
    }

    private void ParseFields(ObjectNode node, IReadOnlyList<string> path, char end)
    {
        while (!_cursor.AtEnd && _cursor.Peek() != end)
        {
            ParseField(node, path);
            if (!Separator(end))
            {
                throw _cursor.Unexpected(end == Cursor.End ? "a newline or ',' between fields" : "a newline, ',' or '}' after a field");
            }
        }
    }

    /// <summary>A comma with newlines around it, or newlines; true also before the end.</summary>
    private bool Separator(char end)
    {
        var separated = _cursor.Blank();
        if (_cursor.Peek() == ',')
        {
            _cursor.Next();
            _cursor.Blank();
            return true;
        }

        return separated || _cursor.AtEnd || _cursor.Peek() == end;
    }

    private void ParseField(ObjectNode node, IReadOnlyList<string> path)
    {
        if (_cursor.StartsWith("include") && (Cursor.IsWhitespace(_cursor.Peek(7)) || _cursor.Peek(7) is '"' or ':' or '=' or '{'))
        {
            ParseInclude(node, path);
            return;
        }

        var position = _cursor.Position;
        if (_cursor.Peek() != '"' && !StringLexer.CanStartUnquoted(_cursor))
        {
            throw _cursor.Unexpected("a key");
        }

        var key = PathLexer.Read(_cursor, ":={+");
        _cursor.Blank();
        var append = _cursor.StartsWith("+=");
        if (append)
        {
            _cursor.Skip(2);
        }
        else if (_cursor.Peek() is ':' or '=')
        {
            _cursor.Next();
        }
        else if (_cursor.Peek() != '{')
        {
            // A key that nothing follows may be no key at all but what a file of another kind holds, such as a token: it is not repeated.
            throw _cursor.Unexpected("':', '=', '+=' or '{' after a key");
        }

        _cursor.Blank();
        var full = (IReadOnlyList<string>)[.. path, .. key];
        var value = ParseValue(full, ",}]") ?? throw _cursor.Unexpected("a value after the key");
        if (append)
        {
            var earlier = new SubstitutionNode(full, optional: true, [], position);
            value = new ConcatenationNode([earlier, new ArrayNode([value], value.Position)], position);
        }

        node.Add(key, value);
    }

    private void ParseInclude(ObjectNode node, IReadOnlyList<string> path)
    {
        _cursor.Skip(7);
        _cursor.Blank();
        node.Merge(new IncludeReader(_cursor, file, options, includeDepth).Read(path));
    }

    private ArrayNode ParseArray(IReadOnlyList<string> path)
    {
        var position = _cursor.Position;
        Enter();
        _cursor.Next();
        _cursor.Blank();
        var items = new List<HoconNode>();
        while (_cursor.Peek() != ']')
        {
            items.Add(ParseValue(path, ",]}") ?? throw _cursor.Unexpected("an element or ']'"));
            if (!Separator(']'))
            {
                throw _cursor.Unexpected("a newline, ',' or ']' after an element");
            }

            if (_cursor.AtEnd)
            {
                throw _cursor.Unexpected($"the ']' of the array that begins at {position}");
            }
        }

        _cursor.Next();
        _depth--;
        return new ArrayNode(items, position);
    }

    /// <summary>Everything up to the end of the line or a terminator; null when there is nothing.</summary>
    private HoconNode? ParseValue(IReadOnlyList<string> path, string terminators)
    {
        var position = _cursor.Position;
        var parts = new List<HoconNode>();
        var space = string.Empty;
        while (!_cursor.AtEnd && _cursor.Peek() != '\n' && !terminators.Contains(_cursor.Peek(), StringComparison.Ordinal))
        {
            if (_cursor.Comment())
            {
                break;
            }

            if (space.Length > 0 && parts.Count > 0)
            {
                parts.Add(new ConcatenationNode.SpaceNode(space, _cursor.Position));
            }

            parts.Add(ParsePart(path));
            space = _cursor.Spaces();
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => new ConcatenationNode(parts, position),
        };
    }

    private HoconNode ParsePart(IReadOnlyList<string> path)
    {
        var position = _cursor.Position;
        switch (_cursor.Peek())
        {
            case '{':
                return ParseObject(path);
            case '[':
                return ParseArray(path);
            case '"':
                return new ScalarNode(StringLexer.Quoted(_cursor), HoconScalarKind.Text, position);
            case '$' when _cursor.Peek(1) == '{':
                return ParseSubstitution();
        }

        if (!StringLexer.CanStartUnquoted(_cursor))
        {
            throw _cursor.Error($"{_cursor.Describe()} must be quoted in a value");
        }

        var unquoted = StringLexer.Unquoted(_cursor);
        return new ScalarNode(unquoted, ScalarKinds.Of(unquoted), position);
    }

    private SubstitutionNode ParseSubstitution()
    {
        var position = _cursor.Position;
        _cursor.Skip(2);
        var optional = _cursor.Peek() == '?';
        if (optional)
        {
            _cursor.Next();
        }

        var path = PathLexer.Read(_cursor, "}");
        if (_cursor.Peek() != '}')
        {
            throw _cursor.Unexpected("the '}' of a substitution");
        }

        _cursor.Next();
        return new SubstitutionNode(path, optional, prefix, position);
    }

    private void Enter()
    {
        if (++_depth > MaximumDepth)
        {
            throw _cursor.Error($"nested deeper than {MaximumDepth} levels");
        }
    }
}
