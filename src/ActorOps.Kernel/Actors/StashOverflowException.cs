namespace ActorOps.Kernel.Actors;

/// <summary>An actor's stash is full: the message in hand was not stashed.</summary>
public sealed class StashOverflowException(ActorPath actor, int capacity) : InvalidOperationException($"The stash of {actor} is full: it holds {capacity} messages.");
