namespace ActorOps.Kernel.Tests.Stress;

/// <summary>A numbered message from one persona to another.</summary>
internal sealed class Note(Persona sender, Persona receiver, long number)
{
    public Persona Sender => sender;

    public Persona Receiver => receiver;

    public long Number => number;

    /// <summary>It has been received once; what comes again comes from the stash.</summary>
    public bool Received { get; set; }
}
