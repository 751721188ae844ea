using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

internal sealed record DeskRegistryState(ImmutableDictionary<string, Desk> Desks)
{
    /// <summary>Every scope that a desk has or ever had: what a person may still mean.</summary>
    public ImmutableHashSet<Scope> EverKnown { get; init; } = [];

    /// <summary>Desks that a node's configuration names.</summary>
    public ImmutableHashSet<string> Configured { get; init; } = [];

    /// <summary>What every AUM was.</summary>
    public AumHistory Aums { get; init; } = AumHistory.Empty;

    /// <summary>What waits for two people, by desk.</summary>
    public ImmutableDictionary<string, DeskProposal> Proposals { get; init; } = ImmutableDictionary<string, DeskProposal>.Empty;

    public static DeskRegistryState Empty { get; } = new(ImmutableDictionary<string, Desk>.Empty);

    public static DeskRegistryState Apply(DeskRegistryState state, DeskEvent e) => e switch
    {
        DeskEvent.DeskRegistered registered => state with
        {
            Desks = state.Desks.SetItem(registered.Desk.Id, registered.Desk),
            EverKnown = state.EverKnown.Union(DeskRegistry.ScopesOf(registered.Desk)),
            Configured = registered.IsConfigured ? state.Configured.Add(registered.Desk.Id) : state.Configured,
            Aums = state.Aums.With(registered.Desk, registered.At ?? DateTimeOffset.MinValue),
            Proposals = registered.Approved is not null ? state.Proposals.Remove(registered.Desk.Id) : state.Proposals,
        },
        DeskEvent.DeskChangeProposed proposed => state with { Proposals = state.Proposals.SetItem(proposed.Proposal.Desk.Id, proposed.Proposal) },
        DeskEvent.DeskProposalWithdrawn withdrawn => state with { Proposals = state.Proposals.Remove(withdrawn.Desk) },
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
