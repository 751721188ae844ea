using System.ComponentModel.DataAnnotations;

namespace ActorOps.Ops.Rules;

/// <summary>Every limit, with the waits around them. Defaults stand in <c>reference.conf</c>.</summary>
public sealed class RuleOptions
{
    /// <summary>Rolling profit and loss, % of the scope's AUM.</summary>
    public RuleLimit HourlyPnl { get; init; } = new();

    /// <summary>Profit and loss of the trading day, % of the scope's AUM.</summary>
    public RuleLimit DailyPnl { get; init; } = new();

    /// <summary>Peak to trough, %.</summary>
    public RuleLimit Drawdown { get; init; } = new();

    /// <summary>Realised over simulated cost of the same fills.</summary>
    public RuleLimit SlippageRatio { get; init; } = new();

    /// <summary>Filled over ordered quantity, %.</summary>
    public RuleLimit FillRate { get; init; } = new();

    /// <summary>Errors over operations, %.</summary>
    public RuleLimit ErrorRate { get; init; } = new();

    /// <summary>Errors over API calls of a broker, %.</summary>
    public RuleLimit BrokerErrors { get; init; } = new();

    /// <summary>Latency of a component, ms, p95.</summary>
    public RuleLimit ComponentLatency { get; init; } = new();

    /// <summary>Age of a feed's last tick, s.</summary>
    public RuleLimit FeedSilence { get; init; } = new();

    /// <summary>Exchange to receive, ms, p95.</summary>
    public RuleLimit FeedLatency { get; init; } = new();

    /// <summary>Gaps in a feed's sequence a minute.</summary>
    public RuleLimit SequenceGaps { get; init; } = new();

    /// <summary>Time for which a feed repeats one price, s.</summary>
    public RuleLimit FrozenPrice { get; init; } = new();

    /// <summary>Submit to acknowledge, ms, p95.</summary>
    public RuleLimit OrderLatency { get; init; } = new();

    /// <summary>Age of the oldest order in a pending state, s.</summary>
    public RuleLimit StuckOrders { get; init; } = new();

    /// <summary>Age of a broker session's last heartbeat, s.</summary>
    public RuleLimit SessionHeartbeat { get; init; } = new();

    /// <summary>Consecutive critical evaluations before an automatic response.</summary>
    [Range(1, 100)]
    public int ConfirmSamples { get; init; } = 3;

    /// <summary>Two independent sources within this time confirm too.</summary>
    public TimeSpan ConfirmSources { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Age after which an input counts as stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time a limit may be unknown before its scope is held.</summary>
    public TimeSpan EvaluationGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Healthy time after which a hold lifts automatically.</summary>
    public TimeSpan HoldRelease { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time a broker session may be down before its orders are held.</summary>
    public TimeSpan DownGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least simulated cost in the slippage ratio, basis points of the notional.</summary>
    [Range(0.0, 100.0)]
    public double SlippageFloorBasisPoints { get; init; } = 0.1;

    /// <summary>Size cap after critical slippage: share of the scope's AUM a position may have.</summary>
    [Range(0.0, 1.0)]
    public double SlippageMaxPositionFraction { get; init; } = 0.005;
}
