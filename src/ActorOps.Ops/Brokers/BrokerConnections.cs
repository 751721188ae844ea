using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Brokers;

/// <summary>The connections that this node has to brokers.</summary>
public sealed class BrokerConnections(IEnumerable<IBrokerConnection> connections)
{
    private readonly Dictionary<string, IBrokerConnection> _byBroker = connections.ToDictionary(connection => connection.Broker);

    /// <summary>No connection at all.</summary>
    public static BrokerConnections None { get; } = new([]);

    /// <summary>The connection of a broker; null: none is configured.</summary>
    public IBrokerConnection? Find(string broker) => _byBroker.GetValueOrDefault(broker);

    /// <summary>Whether a scope has open orders, as far as its brokers can be asked.</summary>
    internal async Task<ScopeHealth> OpenOrdersAsync(Scope scope, BrokerScopes scopes, CancellationToken cancellation)
    {
        var brokers = scopes.BrokersOf(scope);
        if (brokers.FirstOrDefault(broker => Find(broker) is null) is { } unconnected)
        {
            return ScopeHealth.Unknown($"there is no connection to {unconnected} (actorops.brokers); look there, then sign");
        }

        foreach (var broker in brokers)
        {
            try
            {
                var open = (await Find(broker)!.OpenOrdersAsync(isUrgent: false, cancellation).ConfigureAwait(false)).Where(order => scopes.Contains(scope, broker, order)).ToList();
                if (open.Count > 0)
                {
                    return ScopeHealth.Bad($"{open.Count} open orders at {broker}, such as {open[0].ClientOrderId}");
                }
            }
            catch (BrokerUnavailableException unavailable)
            {
                return ScopeHealth.Unknown(unavailable.Message);
            }
        }

        return ScopeHealth.Good(brokers.Count == 0 ? "no broker is registered for this scope" : $"none at {string.Join(", ", brokers)}");
    }
}
