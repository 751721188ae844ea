using System.ComponentModel.DataAnnotations;

namespace ActorOps.Server.Configuration;

internal sealed class IdentityOptions
{
    public string Id { get; init; } = string.Empty;

    public string FirstDesk { get; init; } = string.Empty;

    public string Region { get; init; } = string.Empty;

    public List<string> Roles { get; init; } = [];

    [Range(0.01, 100)]
    public double Weight { get; init; }
}
