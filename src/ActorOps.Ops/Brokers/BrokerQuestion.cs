namespace ActorOps.Ops.Brokers;

/// <summary>Asks a broker and waits for a bounded time. Whatever goes wrong is a reason, so that one broker never decides over another.</summary>
internal sealed class BrokerQuestion(IBrokerConnection broker, TimeProvider time)
{
    private static readonly TimeSpan ListWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CallWithin = TimeSpan.FromSeconds(2);

    /// <summary>Open orders; null with a reason that names the broker.</summary>
    public Task<(BrokerList<BrokerOrder>? Answer, string? Why)> OrdersAsync(CancellationToken cancellation) => AskAsync(() => broker.OpenOrdersAsync(isUrgent: true, cancellation), ListWithin, cancellation);

    /// <summary>Positions; null with a reason that names the broker.</summary>
    public Task<(BrokerList<BrokerPosition>? Answer, string? Why)> PositionsAsync(CancellationToken cancellation) => AskAsync(() => broker.PositionsAsync(isUrgent: true, cancellation), ListWithin, cancellation);

    /// <summary>Asks to cancel; null: the broker took the question.</summary>
    public async Task<string?> CancelAsync(string orderId, CancellationToken cancellation) => (await AskAsync(() => broker.CancelAsync(orderId, cancellation), CallWithin, cancellation).ConfigureAwait(false)).Why;

    /// <summary>Sends an order that closes a position; null: the broker took it.</summary>
    public async Task<string?> CloseAsync(BrokerPosition position, string clientOrderId, CancellationToken cancellation) =>
        (await AskAsync(
            async () =>
            {
                await broker.CloseAsync(position, clientOrderId, cancellation).ConfigureAwait(false);
                return true;
            },
            CallWithin,
            cancellation).ConfigureAwait(false)).Why;

    private async Task<(T? Answer, string? Why)> AskAsync<T>(Func<Task<T>> ask, TimeSpan within, CancellationToken cancellation)
    {
        try
        {
            return (await ask().WaitAsync(within, time, cancellation).ConfigureAwait(false), null);
        }
        catch (BrokerUnavailableException unavailable)
        {
            return (default, unavailable.Message);
        }
        catch (TimeoutException)
        {
            return (default, $"{broker.Broker}: no answer within {within.TotalSeconds:0} s");
        }
#pragma warning disable CA1031 // a connection that fails in its own way must not keep the other brokers from being asked
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return (default, $"{broker.Broker}: the connection failed: {error.Message}");
        }
    }
}
