namespace ActorOps.Ops.KillSwitches;

/// <summary>Published when a reset took effect: the rules behind these trips start from where they are.</summary>
/// <param name="Causes">What was behind the cleared trips.</param>
internal sealed record TripsCleared(IReadOnlyList<TripCause> Causes);
