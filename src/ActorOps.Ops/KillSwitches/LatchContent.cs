namespace ActorOps.Ops.KillSwitches;

/// <summary>What a latch file held when it was opened.</summary>
/// <param name="Trips">Trips in it that it did not see cleared.</param>
/// <param name="Cleared">Ids it saw cleared.</param>
/// <param name="Problem">Why it cannot be trusted in full; null when it can. Then the firm is KILLED until a reset.</param>
public sealed record LatchContent(IReadOnlyList<Trip> Trips, IReadOnlyList<Guid> Cleared, string? Problem);
