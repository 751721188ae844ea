namespace ActorOps.Ops.Signals;

/// <summary>Kinds of signals; names as on the wire.</summary>
public enum SignalType : byte
{
    /// <summary>Still alive.</summary>
    Heartbeat,

    /// <summary>Counted operations, with errors.</summary>
    Operation,

    /// <summary>Cumulative profit and loss of the day.</summary>
    Pnl,

    /// <summary>State of an order.</summary>
    Order,

    /// <summary>An execution.</summary>
    Fill,

    /// <summary>A price.</summary>
    Tick,

    /// <summary>A position.</summary>
    Position,

    /// <summary>A model's output.</summary>
    Prediction,

    /// <summary>A model's inputs.</summary>
    Feature,

    /// <summary>A named number.</summary>
    Metric,

    /// <summary>Something went wrong.</summary>
    Error,
}
