using ActorOps.Kernel.Persistence;

namespace ActorOps.Cluster.Singletons;

/// <summary>Something of which the cluster has one.</summary>
/// <param name="Name">Its name, and that of its grant.</param>
/// <param name="Run">
/// Runs it with the token to write with, until the token is cancelled: then it must stop without another effect, flushing only what the fence
/// protects. It is run again when the node is trusted again.
/// </param>
public sealed record SingletonSpec(string Name, Func<FencingToken, CancellationToken, Task> Run)
{
    /// <summary>Role that its node must have; null: any.</summary>
    public string? Role { get; init; }

    /// <summary>Region that is preferred as long as it has a node; null: none.</summary>
    public string? PreferredRegion { get; init; }
}
