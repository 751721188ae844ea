namespace ActorOps.Cluster.Membership;

/// <summary>Where a node's incarnation is in its life. It only moves forward; a node that comes back is a new incarnation.</summary>
public enum MemberState
{
    /// <summary>Known to the store; reads what it must know before it takes part.</summary>
    Joining,

    /// <summary>Takes part: may hold grants.</summary>
    Up,

    /// <summary>On its way out: hands over what it holds and takes nothing new.</summary>
    Leaving,

    /// <summary>Declared dead. Everything it writes is refused, and it learns so at its next renewal.</summary>
    Down,

    /// <summary>Left in order.</summary>
    Removed,
}
