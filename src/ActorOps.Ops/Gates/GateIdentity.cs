namespace ActorOps.Ops.Gates;

/// <summary>Who gives permits, and how far it may be believed.</summary>
/// <param name="Node">Node id.</param>
/// <param name="Incarnation">Which life of the node.</param>
/// <param name="Time">Clock.</param>
public sealed record GateIdentity(string Node, long Incarnation, TimeProvider Time)
{
    /// <summary>Epoch of the kill switch as the store last said.</summary>
    public required Func<long> Epoch { get; init; }

    /// <summary>What is left of the time in which this node may believe that it is a member; zero or less: it gives no permits. Read at the moment of each.</summary>
    public required Func<TimeSpan> TrustLeft { get; init; }
}
