namespace ActorOps.Cluster.Links;

/// <summary>How links behave.</summary>
public sealed record LinkOptions
{
    /// <summary>Most messages that wait for one peer in one lane, 1 or more.</summary>
    public int LaneCapacity { get; init; } = 20_000;

    /// <summary>Longest wait for a batch to be taken.</summary>
    public TimeSpan TellWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest wait for an answer to a question.</summary>
    public TimeSpan AskWithin { get; init; } = TimeSpan.FromSeconds(5);
}
