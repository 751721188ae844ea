using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Brokers;

/// <summary>Which brokers, and which of their orders and positions, a scope has. What a broker does not say counts as in scope: better one cancelled too many.</summary>
internal sealed class BrokerScopes(DeskRegistry registry)
{
    /// <summary>Brokers that orders of a scope may be at. A symbol may be traded anywhere.</summary>
    public IReadOnlyList<string> BrokersOf(Scope scope)
    {
        IEnumerable<string> brokers = scope.Kind switch
        {
            "broker" => [scope.Id!],
            "region" => registry.Desks.Where(desk => desk.Region == scope.Id).SelectMany(AllOf),
            "account" => registry.Desks.SelectMany(desk => desk.Accounts.Where(account => account.Id == scope.Id).Select(account => account.Broker)),
            "strategy" => registry.FindStrategy(scope.Id!) is { } found ? found.Desk.Accounts.Where(account => account.Id == found.Strategy.Account).Select(account => account.Broker) : [],
            _ => registry.Desks.SelectMany(AllOf),
        };
        return [.. (scope.Kind == "broker" ? brokers : WithBackups(brokers)).Order(StringComparer.Ordinal)];
    }

    /// <summary>A desk that has switched to a backup has its orders and positions there, or at both.</summary>
    private HashSet<string> WithBackups(IEnumerable<string> brokers)
    {
        HashSet<string> all = [];
        for (var next = new Queue<string>(brokers); next.TryDequeue(out var broker);)
        {
            if (all.Add(broker))
            {
                foreach (var backup in registry.Desks.SelectMany(desk => desk.Brokers).Where(known => known.Id == broker).Select(known => known.Backup).OfType<string>())
                {
                    next.Enqueue(backup);
                }
            }
        }

        return all;
    }

    /// <summary>Whether an order of a broker is in a scope.</summary>
    public bool Contains(Scope scope, string broker, BrokerOrder order) => Contains(scope, broker, order.Account, order.Strategy, order.Symbol);

    /// <summary>Whether a position at a broker is in a scope.</summary>
    public bool Contains(Scope scope, string broker, BrokerPosition position) => Contains(scope, broker, position.Account, position.Strategy, position.Symbol);

    private bool Contains(Scope scope, string broker, string? account, string? strategy, string symbol) => scope.Kind switch
    {
        "broker" => scope.Id == broker,
        "symbol" => Instrument(scope.Id!) == Instrument(symbol),
        "account" => account is null || account == scope.Id,
        "strategy" => strategy is null || strategy == scope.Id,
        "region" => RegionOf(broker, account) is not { } region || region == scope.Id,
        _ => true,
    };

    /// <summary>Brokers spell one instrument in two ways: orders BTC/USD, positions BTCUSD.</summary>
    private static string Instrument(string symbol) => symbol.Replace("/", string.Empty, StringComparison.Ordinal);

    private string? RegionOf(string broker, string? account) =>
        registry.Desks.FirstOrDefault(desk => desk.Accounts.Any(known => known.Broker == broker && (account is null || known.Id == account)))?.Region;

    private static IEnumerable<string> AllOf(Desk desk) => desk.Accounts.Select(account => account.Broker).Concat(desk.Brokers.Select(broker => broker.Id));
}
