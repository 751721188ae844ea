namespace ActorOps.Ops.Desks;

/// <summary>What a supervisor watches.</summary>
public enum TargetKind : byte
{
    /// <summary>A strategy.</summary>
    Strategy,

    /// <summary>A market data feed.</summary>
    Feed,

    /// <summary>A broker connection.</summary>
    Broker,

    /// <summary>A database, cache or other part.</summary>
    Component,

    /// <summary>Firm, region, broker or account as a sum of strategies.</summary>
    Scope,
}
