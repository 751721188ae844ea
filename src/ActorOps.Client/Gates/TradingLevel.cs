namespace ActorOps.Client.Gates;

/// <summary>How much risk may be taken, totally ordered.</summary>
public enum TradingLevel
{
    /// <summary>Everything within the limits.</summary>
    Active,

    /// <summary>Only what makes a position strictly smaller without crossing zero.</summary>
    ReduceOnly,

    /// <summary>Only cancels.</summary>
    CancelOnly,

    /// <summary>Only cancels; open orders are cancelled.</summary>
    Killed,
}
