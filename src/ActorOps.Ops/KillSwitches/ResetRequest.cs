using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>A request to clear trips, waiting for another person.</summary>
/// <param name="ResetId">Unique.</param>
/// <param name="TripIds">Exactly these.</param>
/// <param name="Reason">Why it is safe now.</param>
/// <param name="RootCause">What it was.</param>
/// <param name="Evidence">Proof, if any.</param>
/// <param name="Principal">Who asks.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="ExpiresAt">After this it can no longer be approved.</param>
public sealed record ResetRequest(
    Guid ResetId,
    IReadOnlyList<Guid> TripIds,
    string Reason,
    string RootCause,
    string? Evidence,
    string Principal,
    string Person,
    DateTimeOffset RequestedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>The shadow run that tested the fix; null: none was named.</summary>
    public ShadowRun? Shadow { get; init; }

    /// <summary>What persons vouch for, oldest first; null: nothing.</summary>
    public IReadOnlyList<Signature>? Signatures { get; init; }
}
