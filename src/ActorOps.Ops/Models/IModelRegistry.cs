namespace ActorOps.Ops.Models;

/// <summary>Versions of models, and the pointers to the one in use and the last one known to be good.</summary>
public interface IModelRegistry
{
    /// <summary>The version in use; null: none is recorded.</summary>
    /// <exception cref="IOException">The registry cannot be read.</exception>
    ModelVersion? Active(string model);

    /// <summary>The last one known to be good; null: none is recorded.</summary>
    /// <exception cref="IOException">The registry cannot be read.</exception>
    ModelVersion? LastGood(string model);

    /// <summary>Why a version cannot be used: it does not exist, is not validated, or cannot be loaded. Null: it can.</summary>
    string? ProblemOf(string model, string version);

    /// <summary>Makes a version the one in use; to do so twice is to do so once.</summary>
    /// <exception cref="IOException">The pointer could not be moved; the old one stands.</exception>
    void Activate(string model, string version);
}
