namespace ActorOps.Client.Wire;

/// <summary>A desk introduces itself. Targets may be left out when the configuration registers them.</summary>
public sealed record HelloBody(string Desk, string LibraryVersion)
{
    /// <summary>What it trades with.</summary>
    public DeskTargets? Targets { get; init; }

    /// <summary>Trips it remembers and has not seen cleared.</summary>
    public IReadOnlyList<Guid> KnownTrips { get; init => field = value ?? []; } = [];
}

/// <summary>A desk's targets.</summary>
public sealed record DeskTargets(string Region, string BaseCurrency, decimal Aum)
{
    /// <summary>Accounts.</summary>
    public IReadOnlyList<AccountTarget> Accounts { get; init => field = value ?? []; } = [];

    /// <summary>Strategies.</summary>
    public IReadOnlyList<StrategyTarget> Strategies { get; init => field = value ?? []; } = [];

    /// <summary>Feeds.</summary>
    public IReadOnlyList<FeedTarget> Feeds { get; init => field = value ?? []; } = [];

    /// <summary>Brokers.</summary>
    public IReadOnlyList<FeedTarget> Brokers { get; init => field = value ?? []; } = [];

    /// <summary>Components.</summary>
    public IReadOnlyList<string> Components { get; init => field = value ?? []; } = [];
}

/// <summary>An account at a broker.</summary>
public sealed record AccountTarget(string Id, string Broker, decimal Aum);

/// <summary>A strategy.</summary>
public sealed record StrategyTarget(string Id, string Account, string Feed, decimal Aum, string? Model = null);

/// <summary>A feed or broker and its backup.</summary>
public sealed record FeedTarget(string Id, string? Backup = null);

/// <summary>Answer to a hello.</summary>
public sealed record HelloAnswer(string SessionId, DeskTargets Targets, int RenewMs)
{
    /// <summary>Addresses of the cluster's nodes, those of the desk's region first.</summary>
    public IReadOnlyList<string>? Nodes { get; init; }

    /// <summary>What of the registration is not in force, and why; null: all of it is.</summary>
    public IReadOnlyList<WarningView>? Warnings { get; init; }
}

/// <summary>A warning beside an answer that is not a refusal.</summary>
public sealed record WarningView(string Code, string Detail);

/// <summary>The desk's boot-time clock, ns.</summary>
public sealed record EchoBody(long Echo);

/// <summary>What became of a control event: <c>applied</c>, <c>repeated</c>, <c>expired</c>, <c>refused</c>, <c>failed</c>.</summary>
public sealed record AckBody(string Outcome, string? Detail = null);

/// <summary>A permit, or with <see cref="ValidForMs"/> 0 a change of states.</summary>
public sealed record PermitMessage(Guid PermitId, long Incarnation, long Epoch, long Echo, int ValidForMs, long Version)
{
    /// <summary>Scopes that are not ACTIVE.</summary>
    public IReadOnlyList<ScopeView> States { get; init => field = value ?? []; } = [];

    /// <summary>Ids of standing trips.</summary>
    public IReadOnlyList<Guid> Trips { get; init => field = value ?? []; } = [];

    /// <summary>The same with scope and level.</summary>
    public IReadOnlyList<StandingTrip> Standing { get; init => field = value ?? []; } = [];

    /// <summary>Ids known to be cleared.</summary>
    public IReadOnlyList<Guid> Cleared { get; init => field = value ?? []; } = [];

    /// <summary>Size caps.</summary>
    public IReadOnlyList<SizeCap> SizeCaps { get; init => field = value ?? []; } = [];

    /// <summary>Scopes whose orders wait for contact, reductions included, once the permit has ended.</summary>
    public IReadOnlyList<string> HaltOnIsolation { get; init => field = value ?? []; } = [];
}

/// <summary>A trip to remember.</summary>
public sealed record StandingTrip(Guid TripId, string Scope, string Level);

/// <summary>A size cap: share of the scope's AUM, and factor on the normal size.</summary>
public sealed record SizeCap(string Scope, double? MaxPositionFraction, double? SizeFactor);

/// <summary>An order to the desk.</summary>
public sealed record ControlMessage(Guid Id, long Echo, string Kind, string Scope, IReadOnlyDictionary<string, string> Arguments, int ValidForMs, long Epoch);

/// <summary>What a desk keeps on disk between runs.</summary>
public sealed record GateMemory
{
    /// <summary>Trips not known to be cleared.</summary>
    public IReadOnlyList<StandingTrip> Trips { get; init => field = value ?? []; } = [];

    /// <summary>Scopes that halt when the desk is isolated, as last told.</summary>
    public IReadOnlyList<string> HaltOnIsolation { get; init => field = value ?? []; } = [];

    /// <summary>Ids of control events that were applied, newest last.</summary>
    public IReadOnlyList<Guid> Applied { get; init => field = value ?? []; } = [];
}
