using ActorOps.Ops.Brokers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Emergencies;

/// <summary>What one broker shows of positions in a scope.</summary>
/// <param name="Open">Those that could be read; null: no answer.</param>
/// <param name="Why">Why that is not known to be all; null: it is.</param>
/// <param name="At">When the answer came; null: none came.</param>
internal sealed record PositionLook(IReadOnlyList<OpenPosition>? Open, string? Why, DateTimeOffset? At)
{
    private const int Tries = 2;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>Asks until one answer is complete, twice at most.</summary>
    public static async Task<PositionLook> AskAsync(IBrokerConnection broker, BrokerScopes scopes, Scope scope, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (listed, why) = await new BrokerQuestion(broker, time).PositionsAsync(cancellation).ConfigureAwait(false);
            var look = listed is null
                ? new PositionLook(null, $"{why} (positions)", null)
                : new PositionLook(
                    [.. listed.Items.Where(position => scopes.Contains(scope, broker.Broker, position)).Select(position => OpenPosition.Of(broker.Broker, position)).OrderBy(position => position.Line, StringComparer.Ordinal)],
                    listed.Incomplete is { } incomplete ? $"{broker.Broker}: {incomplete} (positions)" : null,
                    time.GetUtcNow());
            if (look.Why is null || attempt == Tries)
            {
                return look;
            }

            await Task.Delay(BetweenTries, time, cancellation).ConfigureAwait(false);
        }
    }
}
