namespace ActorOps.Ops.Brokers;

/// <summary>What a broker lists. An element that cannot be read, or a list that cannot be read to its end, never hides the others.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">What could be read.</param>
public sealed record BrokerList<T>(IReadOnlyList<T> Items)
{
    /// <summary>Why there may be more than <see cref="Items"/>; null: this is all.</summary>
    public string? Incomplete { get; init; }
}
