using System.Security.Cryptography;
using System.Text.Json;
using ActorOps.Ops.Files;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Models;

/// <summary>
/// The registry in files: <c>active/model_info.json</c> and <c>last_good_model.json</c> are the pointers, <c>versions/V/model_info.json</c> describes a version
/// beside its artefact. Several models have a folder each with the same layout.
/// </summary>
public sealed class ModelFiles(string directory) : IModelRegistry
{
    /// <inheritdoc/>
    public ModelVersion? Active(string model) => Read(ActivePath(model));

    /// <inheritdoc/>
    public ModelVersion? LastGood(string model) => Read(Path.Combine(Root(model), "last_good_model.json"));

    /// <inheritdoc/>
    public string? ProblemOf(string model, string version)
    {
        if (!Scope.IsId(version) || version is "." or "..")
        {
            return "not a valid version: use 1 to 100 letters, digits or . _ : -";
        }

        var folder = VersionFolder(model, version);
        try
        {
            return Read(Path.Combine(folder, "model_info.json")) is not { } found ? $"there is no {Path.Combine(folder, "model_info.json")}"
                : found.Model != model || found.Version != version ? $"{folder} holds {found.Model} {found.Version}"
                : !found.Validated ? $"{model} {version} is not validated"
                : found.Quarantined ? $"{model} {version} is quarantined until it passes validation again"
                : ProblemOf(found, folder);
        }
        catch (IOException unreadable)
        {
            return unreadable.Message;
        }
    }

    /// <inheritdoc/>
    public void Activate(string model, string version) => AtomicText.Write(ActivePath(model), File.ReadAllBytes(Path.Combine(VersionFolder(model, version), "model_info.json")));

    /// <summary>Loadable is what can be read in full and is what was validated.</summary>
    private static string? ProblemOf(ModelVersion found, string folder)
    {
        if (found.Artefact is null)
        {
            return null;
        }

        var path = Path.Combine(folder, Path.GetFileName(found.Artefact));
        if (!File.Exists(path))
        {
            return $"its artefact {path} is missing";
        }

        using var content = File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return found.Sha256 is null ? $"{found.Model} {found.Version} has no sha256 to compare its artefact with"
            : hash.Equals(found.Sha256, StringComparison.OrdinalIgnoreCase) ? null : $"its artefact {path} is not the one that was validated (sha256 {hash})";
    }

    private static ModelVersion? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllText(path), ModelJson.Default.ModelVersion) : null;
        }
        catch (JsonException error)
        {
            throw new IOException($"{path} is not a model_info file: {error.Message}", error);
        }
    }

    private string Root(string model) => Scope.IsId(model) && model is not ("." or "..") && Directory.Exists(Path.Combine(directory, model)) ? Path.Combine(directory, model) : directory;

    private string ActivePath(string model) => Path.Combine(Root(model), "active", "model_info.json");

    private string VersionFolder(string model, string version) => Path.Combine(Root(model), "versions", version);
}
