namespace ActorOps.Server.Configuration;

internal sealed class LogOptions
{
    public string Level { get; init; } = string.Empty;

    public string Directory { get; init; } = string.Empty;

    public bool Console { get; init; }
}
