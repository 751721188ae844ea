using System.Text.Json.Serialization;

namespace ActorOps.Ops.Access;

/// <summary>What has happened to access.</summary>
[JsonDerivedType(typeof(PrincipalAdded), "access.principal-added.v1")]
[JsonDerivedType(typeof(PrincipalRevoked), "access.principal-revoked.v1")]
[JsonDerivedType(typeof(CodeEnrolled), "access.code-enrolled.v1")]
[JsonDerivedType(typeof(NodeChanged), "access.node-changed.v1")]
[JsonDerivedType(typeof(AttemptDenied), "access.attempt-denied.v1")]
public abstract record AccessEvent
{
    private AccessEvent()
    {
    }

    /// <summary>A principal was added.</summary>
    public sealed record PrincipalAdded(Principal Principal, string By) : AccessEvent
    {
        /// <summary>The other person that agreed; null: nobody had to, or nobody was there.</summary>
        public string? ApprovedBy { get; init; }

        /// <summary>The change that asked for it; null: it was granted at once.</summary>
        public Guid? ChangeId { get; init; }

        /// <summary>Whether a lone person granted it under <c>actorops.kill-switch.lone-person-grants</c>.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsRecovery { get; init; }
    }

    /// <summary>A principal's token is void.</summary>
    public sealed record PrincipalRevoked(string Name, string By, DateTimeOffset At) : AccessEvent;

    /// <summary>A principal has one-time codes from now on; their secret is sealed under its token.</summary>
    public sealed record CodeEnrolled(string Name, string SealedSecret, DateTimeOffset At) : AccessEvent;

    /// <summary>A person has drained a node, taken it back, had it leave, or declared it down.</summary>
    /// <param name="Id">Of this change.</param>
    /// <param name="Node">Name and incarnation of the node.</param>
    /// <param name="Action">drain, join, leave or down.</param>
    /// <param name="By">Name of the principal.</param>
    /// <param name="Person">Who that is.</param>
    /// <param name="Reason">Why, in the person's words.</param>
    /// <param name="At">When it was recorded.</param>
    public sealed record NodeChanged(Guid Id, string Node, string Action, string By, string Person, string Reason, DateTimeOffset At) : AccessEvent;

    /// <summary>Somebody tried what they may not.</summary>
    public sealed record AttemptDenied(string Principal, string What, string Why, string Address, DateTimeOffset At) : AccessEvent
    {
        /// <summary>How many denials within a minute this stands for; null: one.</summary>
        public int? Count { get; init; }
    }
}
