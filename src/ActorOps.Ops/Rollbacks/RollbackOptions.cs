using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.Rollbacks;

/// <summary>How a rollback works.</summary>
public sealed class RollbackOptions
{
    /// <summary>Whether a critical loss starts one automatically.</summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Share of the normal size afterwards, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double SizeFactor { get; init; } = 0.1;

    /// <summary>Largest position as a share of AUM that is written for systems that read the override file, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double MaxPositionFraction { get; init; } = 0.005;

    /// <summary>Acceptance threshold that is written to freeze online learning, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double FreezeThreshold { get; init; } = 0.99;

    /// <summary>Directory of the override and freeze files; empty: <c>config</c> in the data directory.</summary>
    public string ConfigDirectory { get; init; } = string.Empty;

    /// <summary>Directory of the models; empty: <c>models</c> in the data directory.</summary>
    public string ModelDirectory { get; init; } = string.Empty;
}
