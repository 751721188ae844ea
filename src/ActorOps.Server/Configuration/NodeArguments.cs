namespace ActorOps.Server.Configuration;

/// <summary>The command line.</summary>
internal sealed record NodeArguments(string? Config, IReadOnlyList<string> Sets, bool Check)
{
    /// <summary>Be the service manager of a node with the other arguments.</summary>
    public bool Supervise { get; private init; }

    /// <summary>Backup to read and judge, without starting.</summary>
    public string? VerifyBackup { get; private init; }

    /// <summary>Backup to fill the data directory with, without starting.</summary>
    public string? RestoreBackup { get; private init; }

    public static bool TryParse(string[] arguments, string? defaultConfig, out NodeArguments parsed, out string problem)
    {
        var config = defaultConfig;
        var sets = new List<string>();
        var check = false;
        var supervise = false;
        string? verify = null;
        string? restore = null;
        problem = string.Empty;
        for (var i = 0; i < arguments.Length && problem.Length == 0; i++)
        {
            switch (arguments[i])
            {
                case "--check":
                    check = true;
                    break;
                case "--supervise":
                    supervise = true;
                    break;
                case "--verify-backup" when i + 1 < arguments.Length:
                    verify = arguments[++i];
                    break;
                case "--restore-backup" when i + 1 < arguments.Length:
                    restore = arguments[++i];
                    break;
                case "--config" when i + 1 < arguments.Length:
                    config = arguments[++i];
                    break;
                case "--set" when i + 1 < arguments.Length && arguments[i + 1].Contains('='):
                    var set = arguments[++i];
                    var split = set.IndexOf('=', StringComparison.Ordinal);
                    sets.Add(set[..split] + " = " + Quote(set[(split + 1)..]));
                    break;
                default:
                    problem = $"unknown or incomplete argument '{arguments[i]}'";
                    break;
            }
        }

        parsed = new NodeArguments(config, sets, check) { VerifyBackup = verify, RestoreBackup = restore, Supervise = supervise };
        return problem.Length == 0;
    }

    /// <summary>Lists and objects pass as they are written, anything else as one text.</summary>
    private static string Quote(string value) => value.StartsWith('[') || value.StartsWith('{') ? value : Hocon.EnvironmentOverrides.Quote(value);
}
