using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

internal sealed record DeskRegistryState(ImmutableDictionary<string, Desk> Desks)
{
    /// <summary>Every scope that a desk has or ever had: what a person may still mean.</summary>
    public ImmutableHashSet<Scope> EverKnown { get; init; } = [];

    public static DeskRegistryState Empty { get; } = new(ImmutableDictionary<string, Desk>.Empty);

    public static DeskRegistryState Apply(DeskRegistryState state, DeskEvent e) => e switch
    {
        DeskEvent.DeskRegistered registered => state with
        {
            Desks = state.Desks.SetItem(registered.Desk.Id, registered.Desk),
            EverKnown = state.EverKnown.Union(DeskRegistry.ScopesOf(registered.Desk)),
        },
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
