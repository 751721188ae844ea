using ActorOps.Kernel.Persistence;

namespace ActorOps.Cluster.Grants;

/// <summary>A singleton, or a shard of something that is spread over the nodes: work that exactly one node does at a time.</summary>
/// <param name="Name">Name of its grant.</param>
/// <param name="Run">
/// Does the work, writing with the token, until it is cancelled: then it must stop without another effect, flushing only what the fence
/// protects. It is run again when the node is trusted again.
/// </param>
public sealed record GrantSpec(string Name, Func<FencingToken, CancellationToken, Task> Run)
{
    /// <summary>Role that its node must have; null: any.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// Region whose nodes come first; null: none. Nodes of another region get it only when it is free, and it is free only when its holder has given
    /// it back or has been fenced: a region that is cut off is never served from two sides with effect.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>True (default): it stays where it is as long as its node lives and is of its region. False: it moves when another node has become its best place.</summary>
    public bool IsSticky { get; init; } = true;
}
