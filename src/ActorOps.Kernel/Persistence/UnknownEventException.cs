namespace ActorOps.Kernel.Persistence;

/// <summary>A stored event has a kind this version does not read: the entity stops rather than guess.</summary>
public sealed class UnknownEventException(string kind) : InvalidOperationException($"Event kind '{kind}' is unknown to this version.")
{
    /// <summary>The kind.</summary>
    public string Kind { get; } = kind;
}
