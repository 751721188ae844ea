namespace ActorOps.Client.Wire;

/// <summary>An item of a reset's checklist: <c>Verified</c>, <c>Signed</c>, <c>Open</c> or <c>Failed</c>.</summary>
public sealed record CheckView(string Item, string Title, string State, string Detail);

/// <summary>A change that adds risk, asked for or in force.</summary>
public sealed record ChangeView(Guid ChangeId, string Kind, string Subject, string Summary, string Reason, string By, string Person, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, int ApprovalsNeeded, IReadOnlyList<string> ApprovedBy)
{
    /// <summary>What it applies to within its subject.</summary>
    public string? Argument { get; init; }

    /// <summary>Whether it is in force.</summary>
    public bool InForce { get; init; }

    /// <summary>When it ends automatically.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>A step of a procedure: <c>Waiting</c>, <c>Intended</c>, <c>Done</c>, <c>Skipped</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
public sealed record StepView(string Name, string State, string Effect, int Attempts)
{
    /// <summary>What came of it.</summary>
    public string? Detail { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A position that is open at a broker. <see cref="Quantity"/> is signed, above 0: long; account and strategy are absent where the broker does not say.</summary>
public sealed record OpenPositionView(string Broker, string? Account, string? Strategy, string Symbol, decimal Quantity);

/// <summary>
/// What was seen at the brokers: <c>FLAT</c>, <c>ORDERS-CLEAN</c> (positions are open), <c>RESIDUAL</c> (orders, or positions that a flatten left) or <c>UNKNOWN</c>;
/// <c>CLEAN</c> in records up to 0.3.0, which did not read positions.
/// </summary>
public sealed record CertificateView(string Outcome, IReadOnlyList<string> OrdersBefore, IReadOnlyList<string> OrdersAfter, IReadOnlyList<string> UnknownVenues, int CancelsSent, int Reads)
{
    /// <summary>When the first look was answered.</summary>
    public DateTimeOffset? FirstLookAt { get; init; }

    /// <summary>When the second of two looks showed nothing open.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>The outcome in one sentence, with counts and positions.</summary>
    public string Summary { get; init => field = value ?? string.Empty; } = string.Empty;

    /// <summary>Positions at the last look; absent: not read, or no broker answered.</summary>
    public IReadOnlyList<OpenPositionView>? OpenPositions { get; init; }

    /// <summary>When they were read.</summary>
    public DateTimeOffset? PositionsReadAt { get; init; }

    /// <summary>Positions before they were closed; absent: no flatten has run.</summary>
    public IReadOnlyList<string>? PositionsBefore { get; init; }

    /// <summary>Positions that a flatten left.</summary>
    public IReadOnlyList<string>? PositionsAfter { get; init; }
}

/// <summary>An emergency or a rollback. <see cref="Outcome"/> is absent while it runs.</summary>
public sealed record ProcedureView(Guid ProcedureId, string Kind, string Scope, string Reason, string By, string Person, DateTimeOffset StartedAt, IReadOnlyList<StepView> Steps)
{
    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Orders and positions.</summary>
    public CertificateView? Certificate { get; init; }

    /// <summary>The request to close positions, which another person must approve.</summary>
    public Guid? FlattenChangeId { get; init; }
}

/// <summary>Limits in force, and looser ones that are asked for.</summary>
public sealed record LimitsView(string Hash, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The same in words: <c>hourly-pnl critical</c> to <c>-0.50 %</c>.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Hash of the limits that the configuration asks for; absent: they are in force.</summary>
    public string? ProposedHash { get; init; }

    /// <summary>What would change, with its direction.</summary>
    public IReadOnlyList<string> ProposedChanges { get; init => field = value ?? []; } = [];
}

/// <summary>What became of alerts.</summary>
public sealed record AlertsAnswer(int Tripped, int Ended, int Ignored)
{
    /// <summary>Labels <c>scope</c> that no desk has, at most 20, each with what was tripped instead.</summary>
    public IReadOnlyList<string>? UnknownScopes { get; init; }

    /// <summary>Alerts that could not be read in full, at most 20, by their place in the batch.</summary>
    public IReadOnlyList<string>? Unreadable { get; init; }
}
