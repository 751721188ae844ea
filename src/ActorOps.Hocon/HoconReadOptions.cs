namespace ActorOps.Hocon;

/// <summary>How a text is read.</summary>
public sealed record HoconReadOptions
{
    /// <summary>Looks an environment variable up for a substitution that the configuration does not define; null: no fallback.</summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>Reads an included file; null when it does not exist. Default: the file system.</summary>
    public Func<string, string?> ReadFile { get; init; } = static path => File.Exists(path) ? File.ReadAllText(path) : null;
}
