namespace ActorOps.Kernel.Actors;

/// <summary>Told once to each watcher when an actor has stopped. Its name is free by then.</summary>
/// <param name="Actor">The actor that is gone.</param>
public sealed record Terminated(ActorRef Actor) : AutoReceivedMessage;
