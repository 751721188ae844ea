using ActorOps.Cli.Output;

namespace ActorOps.Cli.Killing;

/// <summary>What <c>kill</c> and <c>kill trip</c> are asked. Read by hand, in the forms that every other command has.</summary>
internal sealed record KillArguments
{
    public const string Usage = "usage: actorops kill [trip] [--scope S] [--level KILLED|CANCEL_ONLY|REDUCE_ONLY] [--reason R] [--cancel] [--flatten --confirm SCOPE] [--now] [--once] [--server URL[,URL]...] [--token-file FILE] [-o table|json]";

    /// <summary>Verbs under <c>kill</c> that do something else.</summary>
    private static readonly string[] Others = ["status", "reset", "show", "sign", "approve", "reason"];

    public string Scope { get; init; } = "firm";

    public string Level { get; init; } = "KILLED";

    public string? Reason { get; init; }

    /// <summary>Cancel at the brokers too, and verify.</summary>
    public bool Cancel { get; init; }

    /// <summary>Close positions too, once another person has approved it.</summary>
    public bool Flatten { get; init; }

    public string? Confirm { get; init; }

    public bool Now { get; init; }

    /// <summary>Do not continue to tell nodes that have not confirmed it.</summary>
    public bool Once { get; init; }

    public OutputForm Form { get; init; }

    /// <summary>No remarks on stderr but the last line.</summary>
    public bool Quiet { get; init; }

    /// <summary>Addresses, separated by commas.</summary>
    public string? Server { get; init; }

    public string? TokenFile { get; init; }

    /// <summary>Makes a repeat harmless.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The trip's id, made here, so that several nodes that are told know it as one.</summary>
    public Guid TripId { get; init; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    public bool Json => Form is OutputForm.Json or OutputForm.Jsonl;

    /// <summary>Whether a command line is a trip, wherever its verb is.</summary>
    public static bool Owns(string[] arguments) =>
        KillForm.Read(arguments) is { WantsHelp: false, Words: ["kill", ..] words } && (words.Count == 1 || !Others.Contains(words[1]));

    public static KillArguments? Parse(string[] arguments, out string problem)
    {
        var form = KillForm.Read(arguments);
        var output = OutputForm.Table;
        problem = form.Problem
            ?? (form.Words is ["kill"] or ["kill", "trip"] ? null : $"'{string.Join(' ', form.Words)}' is not understood")
            ?? (form.Last("--output") is { } name && (!Enum.TryParse(name, ignoreCase: true, out output) || !Enum.IsDefined(output) || char.IsAsciiDigit(name[0])) ? $"'{name}' is not an output: use table, wide, json, jsonl or name" : null)
            ?? string.Empty;
        return problem.Length > 0 ? null : new KillArguments
        {
            Scope = form.Last("--scope") ?? "firm",
            Level = form.Last("--level") ?? "KILLED",
            Reason = form.Last("--reason"),
            Cancel = form.Has("--cancel"),
            Flatten = form.Has("--flatten"),
            Confirm = form.Last("--confirm"),
            Now = form.Has("--now") || form.Has("--yes"),
            Once = form.Has("--once"),
            Form = output,
            Quiet = form.Has("--quiet"),
            Server = form.Values.TryGetValue("--server", out var servers) ? string.Join(',', servers) : null,
            TokenFile = form.Last("--token-file"),
            IdempotencyKey = form.Last("--idempotency-key"),
        };
    }
}
