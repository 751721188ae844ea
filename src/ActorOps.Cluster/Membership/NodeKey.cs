namespace ActorOps.Cluster.Membership;

/// <summary>One life of a node.</summary>
/// <param name="Node">Its name, unique in the cluster.</param>
/// <param name="Incarnation">Which life, from 1; never used twice.</param>
public sealed record NodeKey(string Node, long Incarnation)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Node}#{Incarnation}";
}
