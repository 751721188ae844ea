using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Peers;

/// <summary>What two nodes tell each other when they meet, and now and then after that, so that each knows every trip that the other knows. Clears are not among it.</summary>
/// <param name="Known">Ids of the trips that stand at the sender.</param>
/// <param name="Trips">Trips that the other one lacks.</param>
public sealed record TripExchange(IReadOnlyList<Guid> Known, IReadOnlyList<Trip> Trips);
