namespace ActorOps.Ops.Brokers;

/// <summary>A broker's answer to a cancel.</summary>
public enum CancelAnswer
{
    /// <summary>It was asked for; whether the order goes is seen by looking.</summary>
    Taken,

    /// <summary>There is no such open order.</summary>
    Gone,

    /// <summary>The broker does not cancel it now.</summary>
    Refused,
}
