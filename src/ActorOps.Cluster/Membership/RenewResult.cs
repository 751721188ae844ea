namespace ActorOps.Cluster.Membership;

/// <summary>Answer to a renewal.</summary>
public abstract record RenewResult
{
    private RenewResult()
    {
    }

    /// <summary>The lease is good for another term, counted from when the attempt began.</summary>
    /// <param name="View">The cluster in the same instant.</param>
    public sealed record Renewed(ClusterView View) : RenewResult;

    /// <summary>This life is over: stop acting and exit.</summary>
    /// <param name="Why">What the store has instead.</param>
    public sealed record Fenced(string Why) : RenewResult;
}
