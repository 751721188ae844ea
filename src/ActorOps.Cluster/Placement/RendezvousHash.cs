using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ActorOps.Cluster.Placement;

/// <summary>
/// Weighted rendezvous hashing (Schindelhauer and Schomaker, "Weighted distributed hash tables", 2005): each node scores each key by itself, the
/// highest wins. A node that comes or goes moves its own share of keys and no other.
/// </summary>
public static class RendezvousHash
{
    /// <summary>The nodes for a key, best first; with equal scores by name. Weights are more than 0.</summary>
    public static IReadOnlyList<string> Rank(string key, IEnumerable<(string Node, double Weight)> nodes) =>
        [.. nodes.Select(node => (node.Node, Score: Score(key, node.Node, node.Weight)))
            .OrderByDescending(scored => scored.Score)
            .ThenBy(scored => scored.Node, StringComparer.Ordinal)
            .Select(scored => scored.Node)];

    /// <summary>Which of <paramref name="shards"/> a key belongs to, from 0; the same on every node and version.</summary>
    public static int ShardOf(string key, int shards) => (int)(Hash(key, "shard") % (ulong)shards);

    private static double Score(string key, string node, double weight)
    {
        // A hash as a fraction strictly between 0 and 1: the 52 bits that a double holds, and a half.
        var fraction = ((Hash(key, node) >> 12) + 0.5) / (1UL << 52);
        return -weight / Math.Log(fraction);
    }

    private static ulong Hash(string key, string node)
    {
        var text = Encoding.UTF8.GetBytes($"{key}\0{node}");
        return BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(text));
    }
}
