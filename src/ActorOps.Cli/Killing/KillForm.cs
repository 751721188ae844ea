namespace ActorOps.Cli.Killing;

/// <summary>Reads a command line as every other command is read: an option's value after a space, <c>=</c> or <c>:</c>, in any place, the verb anywhere between.</summary>
/// <param name="Words">What is neither an option nor a value, in order.</param>
/// <param name="Values">Values by option, in order; a flag has <c>true</c> or <c>false</c>.</param>
/// <param name="Problem">What could not be read; null: nothing.</param>
internal sealed record KillForm(IReadOnlyList<string> Words, IReadOnlyDictionary<string, IReadOnlyList<string>> Values, string? Problem)
{
    private static readonly string[] Valued = ["--scope", "--level", "--reason", "--confirm", "--server", "--token-file", "--output", "-o", "--idempotency-key"];
    private static readonly string[] Flags = ["--now", "--yes", "--once", "--cancel", "--flatten", "--no-color", "--quiet"];

    /// <summary>True when help is asked for.</summary>
    public bool WantsHelp { get; private init; }

    public static KillForm Read(IReadOnlyList<string> arguments)
    {
        var (words, values) = (new List<string>(), new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal));
        string? problem = null;
        var wantsHelp = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (Flags.Contains(name))
            {
                // A flag may be told its value, also by the next word.
                value ??= i + 1 < arguments.Count && bool.TryParse(arguments[i + 1], out _) ? arguments[++i] : "true";
                problem ??= bool.TryParse(value, out _) ? null : $"'{arguments[i]}': {name} is true or false";
                Add(name, value);
            }
            else if (Valued.Contains(name))
            {
                if (value is null && (i + 1 == arguments.Count || IsOption(arguments[i + 1])))
                {
                    problem ??= $"'{name}' needs a value";
                    continue;
                }

                Add(name == "-o" ? "--output" : name, value ?? arguments[++i]);
            }
            else if (arguments[i] is "--help" or "-h" or "-?" or "/h" or "/?")
            {
                wantsHelp = true;
            }
            else if (arguments[i].StartsWith('-') && arguments[i].Length > 1)
            {
                problem ??= $"'{arguments[i]}' is not an option of kill";
            }
            else
            {
                words.Add(arguments[i]);
            }
        }

        return new KillForm(words, values, problem) { WantsHelp = wantsHelp };

        void Add(string name, string value) => values[name] = [.. values.GetValueOrDefault(name, []), value];
    }

    /// <summary>The last value of an option; null: not given.</summary>
    public string? Last(string name) => Values.TryGetValue(name, out var all) ? all[^1] : null;

    /// <summary>Whether a flag is given and true.</summary>
    public bool Has(string name) => Last(name) is { } value && bool.TryParse(value, out var isTrue) && isTrue;

    private static bool IsOption(string argument) => Split(argument).Name is var name && (Flags.Contains(name) || Valued.Contains(name));

    /// <summary>An option with the value that is attached to it: <c>--scope=x</c>, <c>--scope:x</c>, <c>-ojson</c>.</summary>
    private static (string Name, string? Value) Split(string argument)
    {
        var end = argument.IndexOfAny(['=', ':']);
        var name = end < 0 ? argument : argument[..end];
        return Flags.Contains(name) || Valued.Contains(name) ? (name, end < 0 ? null : argument[(end + 1)..])
            : argument.StartsWith("-o", StringComparison.Ordinal) && argument.Length > 2 ? ("-o", argument[2..].TrimStart('=', ':'))
            : (argument, null);
    }
}
