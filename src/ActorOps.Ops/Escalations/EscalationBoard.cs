using System.Collections.Immutable;

namespace ActorOps.Ops.Escalations;

/// <summary>The newest escalations of this node's tier, in memory: readable while the store is not.</summary>
public sealed class EscalationBoard
{
    private volatile ImmutableList<EscalationEvent.Raised> _items = [];

    /// <summary>The newest hundred, newest last.</summary>
    public IReadOnlyList<EscalationEvent.Raised> Items => _items;

    internal void Replace(ImmutableList<EscalationEvent.Raised> items) => _items = items;
}
