namespace ActorOps.Ops.Changes;

/// <summary>A change that adds risk and is not a reset. It comes into force when enough other persons have agreed, and stays visible until it is ended.</summary>
/// <param name="ChangeId">Unique.</param>
/// <param name="Kind">What it is, see <see cref="ChangeKinds"/>.</param>
/// <param name="Subject">What it is about: a scope, the hash of a table of limits, the id of a procedure.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Reason">Why.</param>
/// <param name="Principal">Who asks.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="ExpiresAt">After this it can no longer be approved.</param>
/// <param name="ApprovalsNeeded">How many other persons must agree.</param>
public sealed record ChangeRequest(
    Guid ChangeId, string Kind, string Subject, string Summary, string Reason, string Principal, string Person, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, int ApprovalsNeeded)
{
    /// <summary>What it applies to within its subject, such as the cause of a hold; null: nothing in particular.</summary>
    public string? Argument { get; init; }

    /// <summary>How long it is in force once approved; null: until it is ended.</summary>
    public TimeSpan? Life { get; init; }

    /// <summary>Who has agreed, oldest first.</summary>
    public IReadOnlyList<ChangeApproval> Approvals { get; init => field = value ?? []; } = [];

    /// <summary>Whether enough persons have agreed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsApproved => Approvals.Count >= ApprovalsNeeded;

    /// <summary>When it ends by itself; null: it does not, or is not in force yet.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? EndsAt => IsApproved && Life is { } life ? Approvals[^1].At + life : null;
}
