namespace ActorOps.Kernel.Persistence;

/// <summary>Another holder owns the grant: the actor must stop and discard its state.</summary>
public sealed class FencedException(long held, long current) : InvalidOperationException($"Fenced: this writer holds epoch {held}, the store is at {current}.")
{
    /// <summary>Epoch this writer held.</summary>
    public long Held { get; } = held;

    /// <summary>Epoch of the store.</summary>
    public long Current { get; } = current;
}
