using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Desks;

/// <summary>Registered desks, in memory. Reads take no lock.</summary>
public sealed class DeskRegistry
{
    private ImmutableDictionary<string, Desk> _desks = ImmutableDictionary<string, Desk>.Empty;

    /// <summary>Every desk.</summary>
    public IEnumerable<Desk> Desks => _desks.Values;

    /// <summary>The desk of an id, or null.</summary>
    public Desk? Find(string id) => _desks.GetValueOrDefault(id);

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

    internal void Replace(IEnumerable<Desk> desks) => Volatile.Write(ref _desks, desks.ToImmutableDictionary(desk => desk.Id));
}
