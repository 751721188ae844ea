namespace ActorOps.Ops.KillSwitches;

/// <summary>What a trip has reached when it is answered.</summary>
/// <param name="Trip">The trip that stands now: a new one, or the one this request joined.</param>
/// <param name="Latched">On the disk of this node. False: this node's gates are closed, but a restart might forget it.</param>
/// <param name="Durable">In the store.</param>
/// <param name="IsNew">False when it joined a standing trip.</param>
/// <param name="Propagation">Which members know of it.</param>
public sealed record TripReceipt(Trip Trip, bool Latched, bool Durable, bool IsNew, TripPropagation Propagation);
