using System.Diagnostics;
using System.Text.Json;

namespace ActorOps.Storage.DataDirectories;

/// <summary>
/// The folder one node keeps everything in. Opening takes an operating-system lock that ends with the process, so a killed node leaves
/// nothing to clean up; a second process is refused and told who holds it. All of it is readable by its owner only.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string ManifestName = "manifest.json";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held, DataManifest manifest, bool isNew) =>
        (Path, _lock, Manifest, IsNew) = (path, held, manifest, isNew);

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>What the first start wrote.</summary>
    public DataManifest Manifest { get; }

    /// <summary>True when this open is the first start of the folder.</summary>
    public bool IsNew { get; }

    /// <summary>Locks the folder, creating it and its manifest on the first start.</summary>
    /// <exception cref="StoreRefusedException">Held by another process, another node's, not writable, or written by a newer version.</exception>
    public static DataDirectory Open(string path, string nodeId)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream? held = null;
        try
        {
            PrivateFiles.Begin();
            Directory.CreateDirectory(path, PrivateFiles.Directory);
            var manifestPath = System.IO.Path.Combine(path, ManifestName);
            var isNew = !File.Exists(manifestPath);
            var isEmpty = isNew && !Directory.EnumerateFileSystemEntries(path).Any();
            held = TakeLock(path);
            if (isEmpty || !isNew)
            {
                // A directory with other things in it, such as one's home, is not the node's to close.
                PrivateFiles.Tighten(path);
            }

            var manifest = isNew ? DataManifest.Create(nodeId) : ReadManifest(manifestPath);
            if (manifest.NodeId != nodeId)
            {
                throw new StoreRefusedException($"The data directory {path} belongs to node '{manifest.NodeId}', but this node is called '{nodeId}'. Set actorops.node.id = {manifest.NodeId}, or give '{nodeId}' a directory of its own with actorops.data. Nothing was changed.");
            }

            if (isNew)
            {
                AtomicFile.Write(manifestPath, JsonSerializer.Serialize(manifest, DataManifestJson.Default.DataManifest));
            }

            return new DataDirectory(path, held, manifest, isNew);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not StoreRefusedException))
        {
            held?.Dispose();
            throw new StoreRefusedException($"Cannot use the data directory {path}: {error.Message} Choose another with actorops.data or ACTOROPS_DATA.", error);
        }
        catch (StoreRefusedException)
        {
            held?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream TakeLock(string path)
    {
        var holderPath = System.IO.Path.Combine(path, "node.holder");
        FileStream held;
        try
        {
            held = new FileStream(System.IO.Path.Combine(path, "node.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (File.Exists(System.IO.Path.Combine(path, "node.lock")))
        {
            var holder = File.Exists(holderPath) ? File.ReadAllText(holderPath).Trim() : "another process";
            throw new StoreRefusedException($"The data directory {path} is in use by {holder}. One node owns one directory; stop it, or give this one another with actorops.data.", busy);
        }

        File.WriteAllText(holderPath, $"process {Environment.ProcessId} ({Process.GetCurrentProcess().ProcessName}) on {Environment.MachineName}");
        return held;
    }

    private static DataManifest ReadManifest(string manifestPath)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(File.ReadAllText(manifestPath), DataManifestJson.Default.DataManifest);
            if (manifest is { LayoutVersion: <= DataManifest.CurrentLayoutVersion })
            {
                return manifest;
            }

            throw new StoreRefusedException($"{manifestPath} was written by a newer version (layout {manifest?.LayoutVersion}); run that version. Nothing was changed.");
        }
        catch (JsonException error)
        {
            throw new StoreRefusedException($"{manifestPath} is damaged: {error.Message} Restore the directory from a backup; it is never repaired by guessing.", error);
        }
    }
}
