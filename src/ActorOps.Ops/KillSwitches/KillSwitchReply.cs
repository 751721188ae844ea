using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Answers of the kill switch's singleton.</summary>
public abstract record KillSwitchReply
{
    private KillSwitchReply()
    {
    }

    /// <summary>Everything on the board is in the store.</summary>
    public sealed record Reconciled : KillSwitchReply;

    /// <summary>Waiting for another person.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="Checks">Its checklist at this moment.</param>
    public sealed record ResetWaiting(ResetRequest Request, IReadOnlyList<ResetCheck> Checks) : KillSwitchReply;

    /// <summary>The reason is on record.</summary>
    public sealed record ReasonKept(Guid TripId) : KillSwitchReply;

    /// <summary>Cleared; the scopes stand at REDUCE_ONLY under the recoveries.</summary>
    public sealed record Reset(Guid ResetId, IReadOnlyList<Trip> Recoveries) : KillSwitchReply;

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Code">Stable code.</param>
    /// <param name="Why">What to do.</param>
    public sealed record Rejected(string Code, string Why) : KillSwitchReply;
}
