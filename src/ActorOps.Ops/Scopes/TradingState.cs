namespace ActorOps.Ops.Scopes;

/// <summary>How much risk a scope may take, totally ordered: a higher value allows less.</summary>
public enum TradingState
{
    /// <summary>Everything within the limits.</summary>
    Active,

    /// <summary>Only orders that make a position strictly smaller without crossing zero.</summary>
    ReduceOnly,

    /// <summary>Only cancels.</summary>
    CancelOnly,

    /// <summary>Only cancels, and open orders are cancelled at once.</summary>
    Killed,
}
