namespace ActorOps.Cluster.Grants;

/// <summary>How eagerly grants move.</summary>
public sealed record GrantHostOptions
{
    /// <summary>How much later each next-best node takes a free grant, should the ones before it not act.</summary>
    public TimeSpan PatiencePerPlace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time without a change of members before grants that are not sticky move to a better place.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most grants that a node hands over at once while it stays, 1 or more.</summary>
    public int MovesAtOnce { get; init; } = 4;
}
