using System.Text.Json.Serialization;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What has happened to the kill switch.</summary>
[JsonDerivedType(typeof(Tripped), "kill-switch.tripped.v1")]
[JsonDerivedType(typeof(RaisedAgain), "kill-switch.raised-again.v1")]
[JsonDerivedType(typeof(ResetRequested), "kill-switch.reset-requested.v1")]
[JsonDerivedType(typeof(ResetApproved), "kill-switch.reset-approved.v1")]
[JsonDerivedType(typeof(ApprovalDenied), "kill-switch.approval-denied.v1")]
public abstract record KillSwitchEvent
{
    private KillSwitchEvent()
    {
    }

    /// <summary>A trip stands.</summary>
    public sealed record Tripped(Trip Trip) : KillSwitchEvent;

    /// <summary>A standing trip was asked for again.</summary>
    public sealed record RaisedAgain(Guid TripId, string Principal, string Person, string Reason, string? Evidence, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>Somebody asks to clear exactly these trips.</summary>
    public sealed record ResetRequested(ResetRequest Request) : KillSwitchEvent;

    /// <summary>A second person agreed: the trips are cleared, the recoveries stand in their place.</summary>
    public sealed record ResetApproved(Guid ResetId, IReadOnlyList<Guid> TripIds, IReadOnlyList<Trip> Recoveries, string Principal, string Person, DateTimeOffset At) : KillSwitchEvent;

    /// <summary>An approval was tried and refused.</summary>
    public sealed record ApprovalDenied(Guid ResetId, string Principal, string Person, string Code, DateTimeOffset At) : KillSwitchEvent;
}
