using System.ComponentModel.DataAnnotations;
using ActorOps.Hocon.Binding;

namespace ActorOps.Server.Configuration;

internal sealed class ClusterOptions
{
    public string Name { get; init; } = string.Empty;

    public string Store { get; init; } = string.Empty;

    public Secret Connection { get; init; } = Secret.None;

    public string ConnectionFile { get; init; } = string.Empty;

    public string PasswordFile { get; init; } = string.Empty;

    [Range(1, 100)]
    public int Connections { get; init; }

    public TimeSpan Ttl { get; init; }

    public TimeSpan RenewEvery { get; init; }

    public TimeSpan Settle { get; init; }

    [Range(1, 64)]
    public int MovesAtOnce { get; init; }

    public LinkSettings Link { get; init; } = new();

    /// <summary>What the database is reached with, from whichever of the three keys above has it.</summary>
    internal Secret Database { get; set; } = Secret.None;

    public bool IsShared => Store == "postgres";
}
