namespace ActorOps.Ops.Signals;

/// <summary>Life of an order; later values never go back to earlier ones.</summary>
public enum OrderState : byte
{
    /// <summary>Made by the strategy.</summary>
    New,

    /// <summary>Sent.</summary>
    Pending,

    /// <summary>Accepted by the broker.</summary>
    Acknowledged,

    /// <summary>Filled in part.</summary>
    Partial,

    /// <summary>Cancel sent.</summary>
    PendingCancel,

    /// <summary>Filled.</summary>
    Filled,

    /// <summary>Cancelled.</summary>
    Canceled,

    /// <summary>Refused by the broker.</summary>
    Rejected,

    /// <summary>Timed out at the venue.</summary>
    Expired,
}
