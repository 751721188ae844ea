namespace ActorOps.Kernel.Streams;

/// <summary>No element came for longer than allowed.</summary>
public sealed class StreamIdleException(TimeSpan limit) : TimeoutException($"No element came for {limit}.");
