using System.Collections.Immutable;

namespace ActorOps.Ops.Desks;

internal sealed record DeskRegistryState(ImmutableDictionary<string, Desk> Desks)
{
    public static DeskRegistryState Empty { get; } = new(ImmutableDictionary<string, Desk>.Empty);

    public static DeskRegistryState Apply(DeskRegistryState state, DeskEvent e) => e switch
    {
        DeskEvent.DeskRegistered registered => new DeskRegistryState(state.Desks.SetItem(registered.Desk.Id, registered.Desk)),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
