namespace ActorOps.Storage.DataDirectories;

/// <summary>Identity of a data directory, written once.</summary>
/// <param name="StoreId">Unique for the life of the directory.</param>
/// <param name="LayoutVersion">Version of the folder's layout.</param>
/// <param name="NodeId">The node that wrote it.</param>
public sealed record DataManifest(Guid StoreId, int LayoutVersion, string NodeId)
{
    /// <summary>What this version writes and reads.</summary>
    public const int CurrentLayoutVersion = 1;

    internal static DataManifest Create(string nodeId) => new(Guid.CreateVersion7(), CurrentLayoutVersion, nodeId);
}
