namespace ActorOps.Cli.Killing;

/// <summary>Arguments of <c>kill</c> and <c>kill trip</c>, read by hand.</summary>
internal sealed record KillArguments
{
    public const string Usage = "usage: actorops kill [trip] [--scope S] [--level KILLED|CANCEL_ONLY|REDUCE_ONLY] [--reason R] [--cancel] [--flatten --confirm SCOPE] [--now] [--once] [--server URL[,URL]...] [--token-file FILE] [-o table|json]";

    private static readonly string[] Valued = ["--scope", "--level", "--reason", "--confirm", "--server", "--token-file", "-o"];

    public string Scope { get; init; } = "firm";

    public string Level { get; init; } = "KILLED";

    public string? Reason { get; init; }

    /// <summary>Cancel at the brokers too, and verify.</summary>
    public bool Cancel { get; init; }

    /// <summary>Close positions too, once another person has approved it.</summary>
    public bool Flatten { get; init; }

    public string? Confirm { get; init; }

    public bool Now { get; init; }

    /// <summary>Do not go on telling nodes that have not confirmed it.</summary>
    public bool Once { get; init; }

    public bool Json { get; init; }

    /// <summary>Addresses, separated by commas.</summary>
    public string? Server { get; init; }

    public string? TokenFile { get; init; }

    /// <summary>The trip's id, made here, so that several nodes that are told know it as one.</summary>
    public Guid TripId { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public static bool Owns(string[] arguments) => arguments.Length > 0 && arguments[0] == "kill" && (arguments.Length == 1 || arguments[1] == "trip" || arguments[1].StartsWith('-')) && !arguments.Contains("--help") && !arguments.Contains("-h");

    public static KillArguments? Parse(string[] arguments, out string problem)
    {
        var parsed = new KillArguments();
        problem = string.Empty;
        for (var i = arguments.Length > 1 && arguments[1] == "trip" ? 2 : 1; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (Flag(parsed, name) is { } flagged)
            {
                parsed = flagged;
                continue;
            }

            if (i + 1 == arguments.Length || !Valued.Contains(name))
            {
                problem = $"'{name}' is unknown or needs a value\n{Usage}";
                return null;
            }

            parsed = With(parsed, name, arguments[++i]);
        }

        return parsed;
    }

    private static KillArguments? Flag(KillArguments parsed, string name) => name switch
    {
        "--now" or "--yes" => parsed with { Now = true },
        "--once" => parsed with { Once = true },
        "--cancel" => parsed with { Cancel = true },
        "--flatten" => parsed with { Flatten = true },
        _ => null,
    };

    private static KillArguments With(KillArguments parsed, string name, string value) => name switch
    {
        "--scope" => parsed with { Scope = value },
        "--level" => parsed with { Level = value },
        "--reason" => parsed with { Reason = value },
        "--confirm" => parsed with { Confirm = value },
        "--server" => parsed with { Server = parsed.Server is null ? value : $"{parsed.Server},{value}" },
        "--token-file" => parsed with { TokenFile = value },
        _ => parsed with { Json = value is "json" or "jsonl" },
    };
}
