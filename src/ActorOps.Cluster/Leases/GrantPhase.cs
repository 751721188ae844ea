namespace ActorOps.Cluster.Leases;

/// <summary>What is going on with a grant.</summary>
public enum GrantPhase
{
    /// <summary>Nobody holds it.</summary>
    Free,

    /// <summary>Its holder acts.</summary>
    Active,

    /// <summary>Its holder still may write, and is about to hand it over.</summary>
    Draining,
}
