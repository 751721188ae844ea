namespace ActorOps.PaperDesk.Faults;

/// <summary>What a fault can hit.</summary>
internal enum FaultTarget
{
    /// <summary>A feed, or <c>both</c>; without a target the primary.</summary>
    Feed,

    /// <summary>The broker.</summary>
    Broker,

    /// <summary>A strategy, or <c>all</c>; without a target the first for <c>loss-shock</c>, else all.</summary>
    Strategy,
}
