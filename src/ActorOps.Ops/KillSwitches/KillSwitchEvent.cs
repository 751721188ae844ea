using System.Text.Json.Serialization;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What has happened to the kill switch.</summary>
[JsonDerivedType(typeof(Tripped), "kill-switch.tripped.v1")]
[JsonDerivedType(typeof(RaisedAgain), "kill-switch.raised-again.v1")]
[JsonDerivedType(typeof(ResetRequested), "kill-switch.reset-requested.v1")]
[JsonDerivedType(typeof(ResetApproved), "kill-switch.reset-approved.v1")]
[JsonDerivedType(typeof(ApprovalDenied), "kill-switch.approval-denied.v1")]
[JsonDerivedType(typeof(ResetSigned), "kill-switch.reset-signed.v1")]
[JsonDerivedType(typeof(CodeUsed), "kill-switch.code-used.v1")]
[JsonDerivedType(typeof(CodeRefused), "kill-switch.code-refused.v1")]
[JsonDerivedType(typeof(CauseEnded), "kill-switch.cause-ended.v1")]
[JsonDerivedType(typeof(ReasonGiven), "kill-switch.reason-given.v1")]
[JsonDerivedType(typeof(RecoveryAdvanced), "kill-switch.recovery-advanced.v1")]
[JsonDerivedType(typeof(RecoveryFellBack), "kill-switch.recovery-fell-back.v1")]
[JsonDerivedType(typeof(ChangeRequested), "kill-switch.change-requested.v1")]
[JsonDerivedType(typeof(ChangeApproved), "kill-switch.change-approved.v1")]
[JsonDerivedType(typeof(ChangeEnded), "kill-switch.change-ended.v1")]
public abstract record KillSwitchEvent
{
    private KillSwitchEvent()
    {
    }

    /// <summary>A trip stands.</summary>
    public sealed record Tripped(Trip Trip) : KillSwitchEvent;

    /// <summary>A standing trip was asked for again.</summary>
    public sealed record RaisedAgain(Guid TripId, string Principal, string Person, string Reason, string? Evidence, DateTimeOffset At) : KillSwitchEvent
    {
        /// <summary>What kind of thing asked; null in records from before it was kept.</summary>
        public TripOrigin? Origin { get; init; }

        /// <summary>The same in the server's words; null in records from before it was kept.</summary>
        public string? Source { get; init; }

        /// <summary>What caused it.</summary>
        public string? Cause { get; init; }

        /// <summary>Name of the rule that asked; null: none did.</summary>
        public string? Rule { get; init; }

        /// <summary>Fingerprint of the alert that asked; null: none did.</summary>
        public string? Alert { get; init; }

        /// <summary>How often it asked since the record before; null: once.</summary>
        public int? Times { get; init; }
    }

    /// <summary>Somebody asks to clear exactly these trips.</summary>
    public sealed record ResetRequested(ResetRequest Request) : KillSwitchEvent;

    /// <summary>A second person agreed: the trips are cleared, the recoveries stand in their place.</summary>
    public sealed record ResetApproved(Guid ResetId, IReadOnlyList<Guid> TripIds, IReadOnlyList<Trip> Recoveries, string Principal, string Person, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>An approval was tried and refused.</summary>
    /// <param name="ResetId">The reset, or the change.</param>
    /// <param name="Principal">Who tried.</param>
    /// <param name="Person">The person behind it.</param>
    /// <param name="Code">Why not.</param>
    /// <param name="At">When.</param>
    public sealed record ApprovalDenied(Guid ResetId, string Principal, string Person, string Code, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>A person vouched for an item of a reset's checklist.</summary>
    public sealed record ResetSigned(Guid ResetId, Signature Signature) : KillSwitchEvent;

    /// <summary>A one-time code counted, and does so never again.</summary>
    public sealed record CodeUsed(string Principal, long Step, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>A wrong one-time code was given.</summary>
    public sealed record CodeRefused(string Principal, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>The alert behind a trip has ended. The trip stands all the same.</summary>
    public sealed record CauseEnded(Guid TripId, DateTimeOffset At) : KillSwitchEvent
    {
        /// <summary>Fingerprint of the alert; null in records from before it was kept: the trip's own.</summary>
        public string? Alert { get; init; }
    }

    /// <summary>Why a trip was raised, said afterwards.</summary>
    public sealed record ReasonGiven(Guid TripId, string Reason, string Principal, string Person, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>A scope recovered by one step; without a next step it is back at its full size.</summary>
    public sealed record RecoveryAdvanced(Guid Cleared, Trip? Next, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>A scope fell back to the first step.</summary>
    public sealed record RecoveryFellBack(Guid Cleared, Trip Next, string Why, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>Somebody asks for a change that adds risk.</summary>
    public sealed record ChangeRequested(ChangeRequest Change) : KillSwitchEvent;

    /// <summary>Another person agreed to it.</summary>
    public sealed record ChangeApproved(Guid ChangeId, ChangeApproval Approval) : KillSwitchEvent;

    /// <summary>A change is over, or was withdrawn.</summary>
    public sealed record ChangeEnded(Guid ChangeId, string Principal, string Person, string Why, DateTimeOffset At) : KillSwitchEvent;
}
