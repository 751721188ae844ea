using System.Globalization;
using ActorOps.Ops.Brokers;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Procedures;

namespace ActorOps.Ops.Emergencies;

/// <summary>Closes every position of a scope at one broker, each by itself, and looks until two answers at least a second apart show none.</summary>
internal sealed class PositionClosing(IBrokerConnection broker, EmergencyServices services, Procedure procedure, bool isFirst)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Orders and positions of a broker may disagree for so long: an order that is gone may have filled what still shows as a position.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    private readonly BrokerQuestion _question = new(broker, services.Time);
    private readonly Dictionary<string, OpenPosition> _before = [];
    private readonly Dictionary<string, long> _lastSeen = [];
    private readonly Dictionary<string, string> _refused = [];
    private IReadOnlyList<BrokerOrder> _orders = [];
    private IReadOnlyList<BrokerPosition>? _positions;
    private string? _trouble;
    private DateTimeOffset? _readAt;
    private int _reads;

    /// <summary>Runs at most half a minute; a broker that does not answer is asked until then.</summary>
    public async Task<Certificate> RunAsync(CancellationToken cancellation)
    {
        var started = services.Time.GetTimestamp();
        var isFlat = false;
        while (true)
        {
            var isAnswered = await LookAsync(cancellation).ConfigureAwait(false);
            if (isAnswered && _positions!.Count == 0 && _orders.Count == 0)
            {
                if (isFlat)
                {
                    return Certify(_readAt);
                }

                isFlat = true;
            }
            else
            {
                isFlat = false;
                foreach (var position in isAnswered ? _positions! : [])
                {
                    await CloseAsync(position, cancellation).ConfigureAwait(false);
                }
            }

            if (services.Time.GetElapsedTime(started) > Within)
            {
                return Certify(null);
            }

            await Task.Delay(BetweenLooks, services.Time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        var (orders, orderTrouble) = await _question.OrdersAsync(cancellation).ConfigureAwait(false);
        var (positions, positionTrouble) = await _question.PositionsAsync(cancellation).ConfigureAwait(false);
        _orders = orders is null ? _orders : [.. orders.Items.Where(order => services.Scopes.Contains(procedure.Scope, broker.Broker, order))];
        if (positions is not null)
        {
            _positions = [.. positions.Items.Where(position => services.Scopes.Contains(procedure.Scope, broker.Broker, position))];
            _readAt = services.Time.GetUtcNow();
            _reads++;
        }

        var incomplete = orders?.Incomplete ?? positions?.Incomplete;
        _trouble = orderTrouble ?? positionTrouble ?? (incomplete is null ? null : $"{broker.Broker}: {incomplete}");
        return orders is not null && positions is not null && _trouble is null;
    }

    private async Task CloseAsync(BrokerPosition position, CancellationToken cancellation)
    {
        var key = $"{position.Account}-{position.Strategy}-{position.Symbol}";
        var now = services.Time.GetTimestamp();
        _before.TryAdd(key, OpenPosition.Of(broker.Broker, position));
        if (!isFirst)
        {
            _lastSeen.TryAdd(key, now);
        }

        // An order of ours that is open, or was a moment ago, takes it; only what that has left for certain is closed by another.
        var id = $"flat-{Notice.IdOf(procedure.ProcedureId, key).ToString("N")[..16]}";
        if (_orders.Any(order => order.ClientOrderId.StartsWith(id, StringComparison.Ordinal)))
        {
            _lastSeen[key] = now;
        }
        else if (!_lastSeen.TryGetValue(key, out var seen) || services.Time.GetElapsedTime(seen) > Settling)
        {
            _lastSeen[key] = now;
            var refusal = await _question.CloseAsync(position, string.Create(CultureInfo.InvariantCulture, $"{id}-{position.SignedQuantity:0.############################}"), cancellation).ConfigureAwait(false);
            if (refusal is null)
            {
                _refused.Remove(key);
            }
            else
            {
                _refused[key] = refusal;
            }
        }
    }

    private Certificate Certify(DateTimeOffset? flatAt) => new([], [.. _orders.Select(order => SafeText.Clean($"{broker.Broker} {order.ClientOrderId} {order.Symbol} {order.State}", 300))], _trouble is null ? [] : [SafeText.Clean(_trouble, 300)], 0, _reads, _readAt, flatAt)
    {
        CoversPositions = true,
        OpenPositions = _positions is null ? null : [.. _positions.Select(position => OpenPosition.Of(broker.Broker, position))],
        PositionsBefore = [.. _before.Values.Select(position => position.Line)],
        PositionsAfter = _positions is null ? null : [.. _positions.Select(Left)],
        PositionsReadAt = _readAt,
    };

    private string Left(BrokerPosition position) =>
        OpenPosition.Of(broker.Broker, position).Line + (_refused.GetValueOrDefault($"{position.Account}-{position.Strategy}-{position.Symbol}") is { } why ? $" ({SafeText.Clean(why, 200)})" : string.Empty);
}
