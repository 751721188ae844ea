using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

/// <summary>Registered desks, in memory. Reads take no lock.</summary>
public sealed class DeskRegistry
{
    private ImmutableDictionary<string, Desk> _desks = ImmutableDictionary<string, Desk>.Empty;
    private ImmutableHashSet<Scope> _everKnown = [];

    /// <summary>Every desk.</summary>
    public IEnumerable<Desk> Desks => _desks.Values;

    /// <summary>The desk of an id, or null.</summary>
    public Desk? Find(string id) => _desks.GetValueOrDefault(id);

    /// <summary>Every scope, symbols aside, that a desk has or ever had.</summary>
    public IReadOnlySet<Scope> EverKnown => Volatile.Read(ref _everKnown);

    /// <summary>A strategy with its desk, or null.</summary>
    public (Desk Desk, DeskStrategy Strategy)? FindStrategy(string id)
    {
        foreach (var desk in _desks.Values)
        {
            if (desk.Strategies.FirstOrDefault(strategy => strategy.Id == id) is { } strategy)
            {
                return (desk, strategy);
            }
        }

        return null;
    }

    /// <summary>Every scope that an order of this desk can be in, symbols aside.</summary>
    public static IEnumerable<Scope> ScopesOf(Desk desk) =>
        desk.Brokers.Select(broker => Scope.Broker(broker.Id))
            .Concat(desk.Accounts.Select(account => Scope.Of("account", account.Id)))
            .Concat(desk.Strategies.Select(strategy => Scope.Strategy(strategy.Id)))
            .Prepend(Scope.Of("region", desk.Region))
            .Prepend(Scope.Firm);

    internal void Replace(IEnumerable<Desk> desks) => Replace(new DeskRegistryState(desks.ToImmutableDictionary(desk => desk.Id)));

    internal void Replace(DeskRegistryState state)
    {
        Volatile.Write(ref _everKnown, state.EverKnown.Union(state.Desks.Values.SelectMany(ScopesOf)));
        Volatile.Write(ref _desks, state.Desks);
    }
}
