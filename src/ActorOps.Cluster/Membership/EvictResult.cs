namespace ActorOps.Cluster.Membership;

/// <summary>Answer to an eviction.</summary>
public enum EvictResult
{
    /// <summary>It is down now, and everything it held is free.</summary>
    Evicted,

    /// <summary>It has renewed since it was observed, or is not expired on the store's clock: nothing was changed.</summary>
    Alive,

    /// <summary>That life was over before.</summary>
    Gone,
}
