namespace ActorOps.Ops.KillSwitches;

/// <summary>Published when a reset took effect: the rules behind these trips start from where they are.</summary>
/// <param name="Trips">What was cleared.</param>
internal sealed record TripsCleared(IReadOnlyList<Trip> Trips);
