using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Nodes;

/// <summary>Who this node is, and how it keeps itself alive.</summary>
public sealed record ClusterNodeOptions
{
    /// <summary>Name of the node, unique in the cluster.</summary>
    public required string Node { get; init; }

    /// <summary>Name of the cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>What it says of itself.</summary>
    public required NodeDescription Description { get; init; }

    /// <summary>How long a renewal is good for, 3 to 60 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time between two renewals; varied by a tenth, so that nodes do not march in step.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time to hand over what is held when the node leaves.</summary>
    public TimeSpan LeaveWithin { get; init; } = TimeSpan.FromSeconds(8);
}
