namespace ActorOps.Ops.Brokers;

/// <summary>A broker did not answer, or not in a way that can be believed: what it has is unknown.</summary>
public sealed class BrokerUnavailableException(string broker, string why, Exception? inner = null) : Exception($"{broker}: {why}", inner)
{
    /// <summary>The broker.</summary>
    public string Broker => broker;
}
