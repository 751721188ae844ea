namespace ActorOps.Server.Clustering;

/// <summary>Marks an endpoint whose requests are answered by the node that holds a grant, wherever they arrive.</summary>
/// <param name="Singleton">Name of a singleton, or <see cref="Supervisor"/>.</param>
internal sealed record HeldBy(string Singleton)
{
    /// <summary>Stands for the shard of the target that the request names by <c>kind</c> and <c>id</c>.</summary>
    public const string Supervisor = "supervisor";
}
