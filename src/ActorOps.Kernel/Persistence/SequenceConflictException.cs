namespace ActorOps.Kernel.Persistence;

/// <summary>The stream has events this actor does not know; it recovers anew.</summary>
public sealed class SequenceConflictException(string stream, long expected, long actual)
    : InvalidOperationException($"Stream {stream} stands at {actual}, expected {expected}.")
{
    /// <summary>The stream.</summary>
    public string Stream { get; } = stream;
}
