namespace ActorOps.Ops.Desks;

/// <summary>A trading desk and everything it trades with. Scopes of its orders come from here, never from what it says in passing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Region">Region it trades in.</param>
/// <param name="BaseCurrency">ISO 4217 code of its money figures.</param>
/// <param name="Aum">Assets under management in base currency, above 0: base of percentage limits of the firm and the region.</param>
public sealed record Desk(string Id, string Region, string BaseCurrency, decimal Aum)
{
    /// <summary>Accounts.</summary>
    public IReadOnlyList<DeskAccount> Accounts { get; init => field = value ?? []; } = [];

    /// <summary>Strategies.</summary>
    public IReadOnlyList<DeskStrategy> Strategies { get; init => field = value ?? []; } = [];

    /// <summary>Feeds.</summary>
    public IReadOnlyList<DeskFeed> Feeds { get; init => field = value ?? []; } = [];

    /// <summary>Broker connections.</summary>
    public IReadOnlyList<DeskBroker> Brokers { get; init => field = value ?? []; } = [];

    /// <summary>Ids of components.</summary>
    public IReadOnlyList<string> Components { get; init => field = value ?? []; } = [];
}
