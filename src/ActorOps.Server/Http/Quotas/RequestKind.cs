namespace ActorOps.Server.Http.Quotas;

/// <summary>What a request is, as far as its share of the node is concerned.</summary>
internal enum RequestKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>A trip: has a reserve that nothing else can use.</summary>
    Kill,

    /// <summary>A source of alerts, which sends again after a 503 only.</summary>
    Alerts,

    /// <summary>Signals: read as they come.</summary>
    Signals,

    /// <summary>A stream that its own door bounds, as those of desks.</summary>
    Gate,
}
