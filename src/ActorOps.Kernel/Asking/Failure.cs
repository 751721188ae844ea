namespace ActorOps.Kernel.Asking;

/// <summary>Told in place of a result.</summary>
/// <param name="Reason">Why there is none.</param>
public sealed record Failure(Exception Reason);
