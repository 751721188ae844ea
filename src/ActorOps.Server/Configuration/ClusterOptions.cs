using System.ComponentModel.DataAnnotations;

namespace ActorOps.Server.Configuration;

internal sealed class ClusterOptions
{
    public string Name { get; init; } = string.Empty;

    public string Store { get; init; } = string.Empty;

    public string Connection { get; init; } = string.Empty;

    [Range(1, 100)]
    public int Connections { get; init; }

    public TimeSpan Ttl { get; init; }

    public TimeSpan RenewEvery { get; init; }

    public TimeSpan Settle { get; init; }

    [Range(1, 64)]
    public int MovesAtOnce { get; init; }

    public LinkSettings Link { get; init; } = new();

    public bool IsShared => Store == "postgres";
}
