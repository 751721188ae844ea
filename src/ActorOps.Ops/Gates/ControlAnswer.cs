namespace ActorOps.Ops.Gates;

/// <summary>What a desk's word on an order did.</summary>
public enum ControlAnswer
{
    /// <summary>There is no such order for this desk.</summary>
    Unknown,

    /// <summary>It was known already, or its trip is cleared.</summary>
    Repeated,

    /// <summary>It counts; the order is not sent again.</summary>
    Taken,
}
