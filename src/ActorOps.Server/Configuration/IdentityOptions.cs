namespace ActorOps.Server.Configuration;

internal sealed class IdentityOptions
{
    public string Id { get; init; } = string.Empty;

    public string FirstDesk { get; init; } = string.Empty;

    public string Region { get; init; } = string.Empty;
}
