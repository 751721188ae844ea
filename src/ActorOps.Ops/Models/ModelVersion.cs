namespace ActorOps.Ops.Models;

/// <summary>A version of a model as its <c>model_info.json</c> describes it.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Its version.</param>
public sealed record ModelVersion(string Model, string Version)
{
    /// <summary>File of the version's folder with the model itself.</summary>
    public string? Artefact { get; init; }

    /// <summary>SHA-256 of that file, hex.</summary>
    public string? Sha256 { get; init; }

    /// <summary>It has passed validation.</summary>
    public bool Validated { get; init; }

    /// <summary>It has failed since, and must be validated again.</summary>
    public bool Quarantined { get; init; }
}
