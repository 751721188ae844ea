namespace ActorOps.Ops.KillSwitches;

/// <summary>Which members know of a trip.</summary>
/// <param name="Nodes">Members that should, this one included.</param>
/// <param name="Acknowledged">Those that have it in their latch.</param>
/// <param name="Missing">The others, by name.</param>
public sealed record TripPropagation(int Nodes, int Acknowledged, IReadOnlyList<string> Missing)
{
    /// <summary>A node without others.</summary>
    public static TripPropagation Alone { get; } = new(1, 1, []);
}
