namespace ActorOps.Cli.Killing;

/// <summary>Arguments of <c>kill</c> and <c>kill trip</c>, read by hand.</summary>
internal sealed record KillArguments
{
    public const string Usage = "usage: actorops kill [trip] [--scope S] [--level KILLED|CANCEL_ONLY|REDUCE_ONLY] [--reason R] [--now] [--server URL]... [--token-file FILE] [-o table|json]";

    public string Scope { get; init; } = "firm";

    public string Level { get; init; } = "KILLED";

    public string? Reason { get; init; }

    public bool Now { get; init; }

    public bool Json { get; init; }

    public string? Server { get; init; }

    public string? TokenFile { get; init; }

    public static bool Owns(string[] arguments) => arguments.Length > 0 && arguments[0] == "kill" && (arguments.Length == 1 || arguments[1] == "trip" || arguments[1].StartsWith('-')) && !arguments.Contains("--help") && !arguments.Contains("-h");

    public static KillArguments? Parse(string[] arguments, out string problem)
    {
        var parsed = new KillArguments();
        problem = string.Empty;
        for (var i = arguments.Length > 1 && arguments[1] == "trip" ? 2 : 1; i < arguments.Length; i++)
        {
            var name = arguments[i];
            if (name is "--now" or "--yes")
            {
                parsed = parsed with { Now = true };
                continue;
            }

            if (i + 1 == arguments.Length || name is not ("--scope" or "--level" or "--reason" or "--server" or "--token-file" or "-o"))
            {
                problem = $"'{name}' is unknown or needs a value\n{Usage}";
                return null;
            }

            var value = arguments[++i];
            parsed = name switch
            {
                "--scope" => parsed with { Scope = value },
                "--level" => parsed with { Level = value },
                "--reason" => parsed with { Reason = value },
                "--server" => parsed with { Server = value },
                "--token-file" => parsed with { TokenFile = value },
                _ => parsed with { Json = value is "json" or "jsonl" },
            };
        }

        return parsed;
    }
}
