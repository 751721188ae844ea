namespace ActorOps.Cluster.Nodes;

/// <summary>
/// One process's wish to join, the same for each attempt: one whose answer was lost is recognised when it is made again, and not taken for a second process of the same
/// name. The first term of the lease counts from before the first attempt, as the store may have counted from there.
/// </summary>
/// <param name="Id">Unique to the process.</param>
/// <param name="Started">Timestamp before the first attempt, on the clock that the lease is measured by.</param>
public sealed record JoinSession(Guid Id, long Started)
{
    /// <summary>A new one.</summary>
    public static JoinSession Begin(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()), time.GetTimestamp());
}
