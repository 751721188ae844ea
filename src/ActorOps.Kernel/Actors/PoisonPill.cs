namespace ActorOps.Kernel.Actors;

/// <summary>Stops its receiver when its turn in the mailbox comes: everything told earlier is still handled.</summary>
public sealed record PoisonPill : AutoReceivedMessage
{
    /// <summary>The one instance.</summary>
    public static PoisonPill Instance { get; } = new();
}
