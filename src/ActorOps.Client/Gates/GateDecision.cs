namespace ActorOps.Client.Gates;

/// <summary>Whether an order may leave, and why not.</summary>
public enum GateDecision
{
    /// <summary>Send it.</summary>
    Allowed,

    /// <summary>It adds risk and the scope is at REDUCE_ONLY.</summary>
    DeniedReduceOnly,

    /// <summary>The scope is at CANCEL_ONLY.</summary>
    DeniedCancelOnly,

    /// <summary>The scope is KILLED.</summary>
    DeniedKilled,

    /// <summary>It adds risk and there is no live permit.</summary>
    DeniedNoPermit,

    /// <summary>It would exceed a size cap.</summary>
    DeniedSizeCap,

    /// <summary>A quantity is zero or no number.</summary>
    DeniedInvalid,
}
