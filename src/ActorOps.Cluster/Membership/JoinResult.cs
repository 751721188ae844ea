namespace ActorOps.Cluster.Membership;

/// <summary>Answer to a join.</summary>
public abstract record JoinResult
{
    private JoinResult()
    {
    }

    /// <summary>It is a member, in <see cref="MemberState.Joining"/>.</summary>
    /// <param name="Key">Its life from now on.</param>
    /// <param name="View">The cluster that it joined.</param>
    public sealed record Joined(NodeKey Key, ClusterView View) : JoinResult;

    /// <summary>It is not, and nothing was changed.</summary>
    /// <param name="Code">wrong-cluster, already-running or incompatible-version.</param>
    /// <param name="Why">For people: what is in the way and what to do.</param>
    public sealed record Refused(string Code, string Why) : JoinResult;
}
