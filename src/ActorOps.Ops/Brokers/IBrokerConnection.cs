namespace ActorOps.Ops.Brokers;

/// <summary>
/// A broker as the kill switch needs it, beside and independent of the desk's own session with it. Every call is one question with one answer: what it
/// means is decided elsewhere. None of them retries.
/// </summary>
public interface IBrokerConnection
{
    /// <summary>Id of the broker in the desks' registry.</summary>
    string Broker { get; }

    /// <summary>Every order that is not at its end, all pages. An urgent question may use the calls that are kept for cancels.</summary>
    /// <exception cref="BrokerUnavailableException">No answer, or none that can be believed.</exception>
    Task<BrokerList<BrokerOrder>> OpenOrdersAsync(bool isUrgent, CancellationToken cancellation);

    /// <summary>Asks to cancel an order. Asking twice does no harm; that it was taken does not mean that the order is gone.</summary>
    /// <exception cref="BrokerUnavailableException">No answer, or none that can be believed.</exception>
    Task<CancelAnswer> CancelAsync(string orderId, CancellationToken cancellation);

    /// <summary>Every position that is not flat. An urgent question may use the calls that are kept for cancels.</summary>
    /// <exception cref="BrokerUnavailableException">No answer, or none that can be believed.</exception>
    Task<BrokerList<BrokerPosition>> PositionsAsync(bool isUrgent, CancellationToken cancellation);

    /// <summary>Sends an order that makes a position smaller. A client id that the broker has seen is not sent again.</summary>
    /// <param name="position">The position to make smaller.</param>
    /// <param name="clientOrderId">Unique.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="BrokerUnavailableException">No answer: it may have arrived.</exception>
    Task CloseAsync(BrokerPosition position, string clientOrderId, CancellationToken cancellation);
}
