using ActorOps.Ops.Brokers;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Emergencies;

/// <summary>
/// Cancels everything open in a scope at one broker, and looks until two answers at least a second apart show nothing. What turns up late is cancelled in
/// turn. Positions are read after the last look. Ends with what was seen when the time is over.
/// </summary>
internal sealed class OrderSweep(IBrokerConnection broker, BrokerScopes scopes, Scope scope, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WhileOpen = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CancelAgain = TimeSpan.FromSeconds(2);
    private readonly BrokerQuestion _question = new(broker, time);
    private readonly Dictionary<string, BrokerOrder> _before = [];
    private readonly Dictionary<string, long> _cancelledAt = [];
    private IReadOnlyList<BrokerOrder> _open = [];
    private string? _trouble = $"{broker.Broker}: never asked";
    private long? _emptySince;
    private DateTimeOffset? _firstLookAt;
    private int _cancels;
    private int _reads;

    /// <summary>Runs at most <paramref name="within"/>, and the time that the positions take.</summary>
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
                    return await CertifyAsync(time.GetUtcNow(), cancellation).ConfigureAwait(false);
                }
            }
            else
            {
                // A look that was not answered in full proves nothing: two in a row must be.
                _emptySince = null;
                await CancelAsync(started, within, cancellation).ConfigureAwait(false);
            }

            if (time.GetElapsedTime(started) > within)
            {
                return await CertifyAsync(null, cancellation).ConfigureAwait(false);
            }

            await Task.Delay(_emptySince is null ? WhileOpen : BetweenLooks, time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Certificate> CertifyAsync(DateTimeOffset? verifiedAt, CancellationToken cancellation)
    {
        var positions = await PositionLook.AskAsync(broker, scopes, scope, time, cancellation).ConfigureAwait(false);
        return new Certificate([.. _before.Values.Select(Line)], [.. _open.Select(Line)], [.. ((string?[])[_trouble, positions.Why == $"{_trouble} (positions)" ? null : positions.Why]).OfType<string>().Select(text => SafeText.Clean(text, 300))], _cancels, _reads, _firstLookAt, verifiedAt)
        {
            CoversPositions = true,
            OpenPositions = positions.Open,
            PositionsReadAt = positions.At,
        };
    }

    private string Line(BrokerOrder order) =>
        SafeText.Clean($"{broker.Broker} {order.ClientOrderId} {order.Symbol} {(order.SignedQuantity is { } quantity ? OpenPosition.Amount(quantity) : "quantity not stated")} {order.State}", 300);

    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        (var listed, _trouble) = await _question.OrdersAsync(cancellation).ConfigureAwait(false);
        if (listed is null)
        {
            return false;
        }

        _open = [.. listed.Items.Where(order => scopes.Contains(scope, broker.Broker, order))];
        _trouble = listed.Incomplete is { } incomplete ? $"{broker.Broker}: {incomplete} (orders)" : null;
        _reads++;
        _firstLookAt ??= time.GetUtcNow();
        foreach (var order in _open)
        {
            _before.TryAdd(order.OrderId, order);
        }

        return _trouble is null;
    }

    private async Task CancelAsync(long started, TimeSpan within, CancellationToken cancellation)
    {
        foreach (var order in _open)
        {
            if (time.GetElapsedTime(started) > within)
            {
                return;
            }

            if (_cancelledAt.TryGetValue(order.OrderId, out var at) && time.GetElapsedTime(at) < CancelAgain)
            {
                continue;
            }

            // What became of it is seen by the next look; a cancel without an answer must not keep the next one from being sent.
            _cancelledAt[order.OrderId] = time.GetTimestamp();
            _cancels++;
            _trouble = await _question.CancelAsync(order.OrderId, cancellation).ConfigureAwait(false) ?? _trouble;
        }
    }
}
