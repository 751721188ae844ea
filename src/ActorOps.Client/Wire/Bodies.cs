namespace ActorOps.Client.Wire;

/// <summary>Asks for a trip. <c>Source</c> is read and ignored: the server says who raised it.</summary>
public sealed record TripBody(string Scope, string Level, string? Reason = null, string? Source = null, bool Drill = false)
{
    /// <summary>Id of the trip, made by the caller, so that several nodes that are told know it as one; absent: the node makes it.</summary>
    public Guid? TripId { get; init; }

    /// <summary>Also cancel every open order of the scope at its brokers, and look until none is left.</summary>
    public bool Cancel { get; init; }

    /// <summary>Also close positions, once another person has approved that; <see cref="Confirm"/> repeats the scope.</summary>
    public bool Flatten { get; init; }

    /// <summary>The scope once more, typed.</summary>
    public string? Confirm { get; init; }

    /// <summary>Figures behind it.</summary>
    public string? Evidence { get; init; }
}

/// <summary>What a trip has reached.</summary>
public sealed record TripAnswer(Guid TripId, DateTimeOffset LatchedAt, string Node, PropagationView Propagation, bool Durable, string Scope, string Level)
{
    /// <summary>The emergency procedure that follows, if one was requested.</summary>
    public Guid? ProcedureId { get; init; }

    /// <summary>The request to close positions, which another person must approve.</summary>
    public Guid? FlattenChangeId { get; init; }

    /// <summary>Present when no desk has the scope: the trip stands, and stops nothing.</summary>
    public UnknownScopeView? UnknownScope { get; init; }

    /// <summary>Fields of the request that could not be read, each with why; the trip happened without them. Absent: all were read.</summary>
    public IReadOnlyList<string>? Ignored { get; init; }
}

/// <summary>A scope that no desk has, or ever had.</summary>
/// <param name="Scope">As it was asked for.</param>
/// <param name="Nearest">Known scopes that may have been meant, nearest first.</param>
/// <param name="Detail">The same in a sentence.</param>
public sealed record UnknownScopeView(string Scope, IReadOnlyList<string> Nearest, string Detail);

/// <summary>Nodes that know of a trip, and those that are missing.</summary>
public sealed record PropagationView(int Nodes, int Acknowledged, IReadOnlyList<string> Missing);

/// <summary>Asks to clear exactly these trips.</summary>
public sealed record ResetBody(IReadOnlyList<Guid> TripIds, string Reason, string RootCause, string? Evidence = null)
{
    /// <summary>The shadow run that tested the fix.</summary>
    public ShadowBody? Shadow { get; init; }
}

/// <summary>Approves a reset.</summary>
public sealed record ApprovalBody(string? Code = null);

/// <summary>A reset that took effect, and what holds its scopes now.</summary>
public sealed record ApprovalAnswer(Guid ResetId, IReadOnlyList<TripView> Recoveries);

/// <summary>Switches a feed to <c>backup</c>, <c>primary</c> or a feed by id.</summary>
public sealed record FeedSwitchBody(string To, string? Reason = null);

/// <summary>What became of a batch of signals.</summary>
public sealed record SignalsAnswer(long Accepted, long Rejected, IReadOnlyList<SignalErrorView> Errors)
{
    /// <summary>Lines counted before.</summary>
    public long Repeated { get; init; }

    /// <summary>Lines that never came.</summary>
    public long Missing { get; init; }

    /// <summary>Fields that were refused on their own, at most the first hundred; the rest of their lines counts.</summary>
    public IReadOnlyList<SignalWarningView> Warnings { get; init => field = value ?? []; } = [];
}

/// <summary>A refused line.</summary>
public sealed record SignalErrorView(long Line, string Code, string Detail);

/// <summary>A refused field of a line that counts otherwise.</summary>
public sealed record SignalWarningView(long Line, string Field, string Code, string Detail);

/// <summary>RFC 9457.</summary>
public sealed record ProblemView(string Title, int Status, string? Detail, string Code, bool Retryable, string? TraceId)
{
    /// <summary>Where in the request.</summary>
    public IReadOnlyList<ProblemErrorView>? Errors { get; init; }
}

/// <summary>One error of a request.</summary>
public sealed record ProblemErrorView(string Pointer, string Detail);

/// <summary>Adds a principal.</summary>
public sealed record PrincipalBody(string Name, string Person, IReadOnlyList<string> Roles, string? Desk = null, int? ExpiresInDays = null)
{
    /// <summary>Scopes that a source of alerts may trip; none: any.</summary>
    public IReadOnlyList<string> Scopes { get; init => field = value ?? []; } = [];

    /// <summary>How the person is shown; null: by the id.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Why, for the other person who is asked to agree; null: the roles say it.</summary>
    public string? Reason { get; init; }
}

/// <summary>Its token, shown once.</summary>
public sealed record PrincipalAnswer(string Name, string Token)
{
    /// <summary>The change that another person has to approve before the token works; null: it works now.</summary>
    public Guid? ChangeId { get; init; }
}

/// <summary>Where a node is, for those on the same machine.</summary>
public sealed record EndpointFile(string Url, int Pid, string Node, string TokenFile, string DeskTokenFile)
{
    /// <summary>Header of every answer of a node, with the id of its data directory: tells one node from another on the same port. It proves nothing.</summary>
    public const string InstanceHeader = "ActorOps-Instance";

    /// <summary>Id of the data directory, as in the header.</summary>
    public string? Instance { get; init; }
}

/// <summary>A change with its reason.</summary>
public sealed record ReasonBody(string? Reason = null, double? Weight = null);

/// <summary>A change that needs no words.</summary>
public sealed record EmptyBody;
