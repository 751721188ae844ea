using ActorOps.Ops.Access;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What the kill switch's singleton is asked.</summary>
internal abstract record KillSwitchCommand
{
    /// <summary>Store what the board holds and the store does not.</summary>
    public sealed record Reconcile : KillSwitchCommand;

    /// <summary>A standing trip was asked for again.</summary>
    public sealed record RaiseAgain(Guid TripId, TripRequest Request) : KillSwitchCommand;

    public sealed record RequestReset(Principal By, IReadOnlyList<Guid> TripIds, string Reason, string RootCause, string? Evidence) : KillSwitchCommand;

    public sealed record ApproveReset(Principal By, Guid ResetId) : KillSwitchCommand;
}
