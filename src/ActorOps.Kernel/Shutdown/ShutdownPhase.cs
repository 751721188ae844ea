namespace ActorOps.Kernel.Shutdown;

/// <summary>A step of leaving.</summary>
/// <param name="Name">Its name, unique in the list.</param>
/// <param name="Timeout">Longest wait for its tasks.</param>
public sealed record ShutdownPhase(string Name, TimeSpan Timeout);
