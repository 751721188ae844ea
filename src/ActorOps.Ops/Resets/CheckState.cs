namespace ActorOps.Ops.Resets;

/// <summary>Where an item of a reset's checklist stands.</summary>
public enum CheckState
{
    /// <summary>Verified by the system at the moment of asking.</summary>
    Verified,

    /// <summary>A person has signed for it.</summary>
    Signed,

    /// <summary>The system cannot tell: somebody must look and sign.</summary>
    Open,

    /// <summary>It is not so; no signature helps.</summary>
    Failed,
}
