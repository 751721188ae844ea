using ActorOps.Ops.Emergencies;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Brokers;

/// <summary>The connections that this node has to brokers.</summary>
public sealed class BrokerConnections(IEnumerable<IBrokerConnection> connections)
{
    private const int MostNamed = 20;
    private readonly Dictionary<string, IBrokerConnection> _byBroker = connections.ToDictionary(connection => connection.Broker);

    /// <summary>No connection at all.</summary>
    public static BrokerConnections None { get; } = new([]);

    /// <summary>The connection of a broker; null: none is configured.</summary>
    public IBrokerConnection? Find(string broker) => _byBroker.GetValueOrDefault(broker);

    /// <summary>Whether a scope has open orders, as far as its brokers can be asked.</summary>
    internal async Task<ScopeHealth> OpenOrdersAsync(Scope scope, BrokerScopes scopes, CancellationToken cancellation)
    {
        if (Unasked(scope, scopes) is { } why)
        {
            return ScopeHealth.Unknown($"{why}; look there, then sign");
        }

        var brokers = scopes.BrokersOf(scope);
        foreach (var broker in brokers)
        {
            try
            {
                var listed = await Find(broker)!.OpenOrdersAsync(isUrgent: false, cancellation).ConfigureAwait(false);
                var open = listed.Items.Where(order => scopes.Contains(scope, broker, order)).ToList();
                if (open.Count > 0)
                {
                    return ScopeHealth.Bad($"{open.Count} open orders at {broker}, such as {open[0].ClientOrderId}");
                }

                if (listed.Incomplete is { } incomplete)
                {
                    return ScopeHealth.Unknown($"{broker}: {incomplete}");
                }
            }
            catch (BrokerUnavailableException unavailable)
            {
                return ScopeHealth.Unknown(unavailable.Message);
            }
        }

        return ScopeHealth.Good($"none at {string.Join(", ", brokers)}");
    }

    /// <summary>Positions that the brokers of a scope have, in words: what a person compares with the books.</summary>
    internal async Task<string> PositionsAsync(Scope scope, BrokerScopes scopes, CancellationToken cancellation)
    {
        if (Unasked(scope, scopes) is { } why)
        {
            return why;
        }

        var words = new List<string>();
        foreach (var broker in scopes.BrokersOf(scope))
        {
            try
            {
                var listed = await Find(broker)!.PositionsAsync(isUrgent: false, cancellation).ConfigureAwait(false);
                var open = listed.Items.Where(position => scopes.Contains(scope, broker, position)).Select(position => OpenPosition.Of(broker, position)).ToList();
                var named = open.Count == 0 ? "no positions" : string.Join(", ", open.Take(MostNamed).Select(position => position.Short)) + (open.Count > MostNamed ? $" and {open.Count - MostNamed} more" : string.Empty);
                words.Add($"{broker} has {named}{(listed.Incomplete is { } incomplete ? $", and perhaps more: {incomplete}" : string.Empty)}");
            }
            catch (BrokerUnavailableException unavailable)
            {
                words.Add(unavailable.Message);
            }
        }

        return string.Join("; ", words);
    }

    private string? Unasked(Scope scope, BrokerScopes scopes) =>
        scopes.BrokersOf(scope) is not { Count: > 0 } brokers ? $"no broker is registered for {scope}"
        : brokers.FirstOrDefault(broker => Find(broker) is null) is { } unconnected ? $"there is no connection to {unconnected} (actorops.brokers)"
        : null;
}
