namespace ActorOps.Kernel.Streams;

/// <summary>A stream was offered more than it has room for.</summary>
public sealed class StreamOverflowException(int capacity) : InvalidOperationException($"The stream's buffer of {capacity} elements is full.");
