using System.Text.Json;
using System.Text.Json.Serialization;
using ActorOps.Cluster.Membership;
using ActorOps.Storage.DataDirectories;

namespace ActorOps.Server.Hosting;

/// <summary>Which life of the node the process is, for who waits for its end and can then prove it.</summary>
internal static class LifeFile
{
    public static void Write(string directory, NodeKey key) => AtomicFile.Write(PathOf(directory), JsonSerializer.Serialize(key, LifeJson.Default.NodeKey));

    public static void Delete(string directory) => File.Delete(PathOf(directory));

    /// <summary>Null when there is none, or it cannot be read.</summary>
    public static NodeKey? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathOf(directory)), LifeJson.Default.NodeKey);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string PathOf(string directory) => Path.Combine(directory, "node.life");
}

[JsonSerializable(typeof(NodeKey))]
internal sealed partial class LifeJson : JsonSerializerContext;
