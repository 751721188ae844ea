using ActorOps.Ops.Brokers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// Cancels everything open in a scope at one broker, and looks until two answers at least a second apart show nothing. What turns up late is cancelled in
/// turn. Ends with what it has seen when the time is over.
/// </summary>
internal sealed class OrderSweep(IBrokerConnection broker, BrokerScopes scopes, Scope scope, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileOpen = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CancelAgain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, BrokerOrder> _before = [];
    private readonly Dictionary<string, long> _cancelledAt = [];
    private IReadOnlyList<BrokerOrder> _open = [];
    private string? _trouble = "it was never asked";
    private long? _emptySince;
    private DateTimeOffset? _firstLookAt;
    private int _cancels;
    private int _reads;

    /// <summary>Runs at most <paramref name="within"/>.</summary>
    public async Task<Certificate> RunAsync(TimeSpan within, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (await LookAsync(cancellation).ConfigureAwait(false) && _open.Count == 0)
            {
                _emptySince ??= time.GetTimestamp();
                if (time.GetElapsedTime(_emptySince.Value) >= BetweenLooks)
                {
                    return Certificate(time.GetUtcNow());
                }
            }
            else
            {
                // A look that was not answered proves nothing: two in a row must be.
                _emptySince = null;
                await CancelAsync(cancellation).ConfigureAwait(false);
            }

            if (time.GetElapsedTime(started) > within)
            {
                return Certificate(null);
            }

            await Task.Delay(_emptySince is null ? WhileOpen : BetweenLooks, time, cancellation).ConfigureAwait(false);
        }
    }

    private Certificate Certificate(DateTimeOffset? verifiedAt) =>
        new([.. _before.Values.Select(Line)], [.. _open.Select(Line)], _trouble is null ? [] : [$"{broker.Broker}: {_trouble}"], _cancels, _reads, _firstLookAt, verifiedAt);

    private string Line(BrokerOrder order) => $"{broker.Broker} {order.ClientOrderId} {order.Symbol} {order.SignedQuantity:+0.########;-0.########} {order.State}";

    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        try
        {
            _open = [.. (await Within(broker.OpenOrdersAsync(isUrgent: true, cancellation)).ConfigureAwait(false)).Where(order => scopes.Contains(scope, broker.Broker, order))];
            _trouble = null;
            _reads++;
            _firstLookAt ??= time.GetUtcNow();
            foreach (var order in _open)
            {
                _before.TryAdd(order.OrderId, order);
            }

            return true;
        }
        catch (Exception reason) when (reason is BrokerUnavailableException or TimeoutException)
        {
            _trouble = reason.Message;
            return false;
        }
    }

    private async Task CancelAsync(CancellationToken cancellation)
    {
        foreach (var order in _open)
        {
            if (_cancelledAt.TryGetValue(order.OrderId, out var at) && time.GetElapsedTime(at) < CancelAgain)
            {
                continue;
            }

            try
            {
                _cancelledAt[order.OrderId] = time.GetTimestamp();
                _cancels++;
                await Within(broker.CancelAsync(order.OrderId, cancellation)).ConfigureAwait(false);
            }
            catch (Exception reason) when (reason is BrokerUnavailableException or TimeoutException)
            {
                // The next look tells what has become of it.
                _trouble = reason.Message;
            }
        }
    }

    private Task<T> Within<T>(Task<T> asked) => asked.WaitAsync(AnswerWithin, time);
}
