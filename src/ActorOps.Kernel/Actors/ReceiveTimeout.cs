namespace ActorOps.Kernel.Actors;

/// <summary>Told to an actor by itself when it has handled nothing for the time it has set with <see cref="ActorContext.SetReceiveTimeout"/>.</summary>
public sealed record ReceiveTimeout
{
    /// <summary>The one instance.</summary>
    public static ReceiveTimeout Instance { get; } = new();
}
