using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>What the kill switch's singleton is asked.</summary>
internal abstract record KillSwitchCommand
{
    /// <summary>Store what the board holds and the store does not.</summary>
    public sealed record Reconcile : KillSwitchCommand;

    /// <summary>A standing trip was asked for again.</summary>
    public sealed record RaiseAgain(Guid TripId, TripRequest Request) : KillSwitchCommand;

    /// <summary>An alert has ended, says the principal that had sent it.</summary>
    public sealed record AlertEnded(string Principal, string Alert) : KillSwitchCommand;

    public sealed record RequestReset(Principal By, IReadOnlyList<Guid> TripIds, string Reason, string RootCause, string? Evidence) : KillSwitchCommand
    {
        public ShadowRun? Shadow { get; init; }
    }

    /// <summary>Vouch for an item of a reset's checklist.</summary>
    public sealed record Sign(Principal By, Guid ResetId, string Item, string Statement) : KillSwitchCommand;

    /// <summary>How a reset's checklist stands now.</summary>
    public sealed record Judge(Guid ResetId) : KillSwitchCommand;

    public sealed record ApproveReset(Approval Approval, Guid ResetId) : KillSwitchCommand;

    /// <summary>Say why, after the fact.</summary>
    public sealed record GiveReason(Principal By, Guid TripId, string Reason) : KillSwitchCommand;
}
