using System.Text.Json.Serialization;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// One decision to take risk off. It stands until a reset names its id; whatever else happens, it is never forgotten. A trip at ACTIVE
/// stops nothing and carries a size cap.
/// </summary>
/// <param name="TripId">Unique (UUID version 7); the only key.</param>
/// <param name="Level">How far.</param>
/// <param name="Scope">Where.</param>
/// <param name="Source">What raised it, in the server's words, such as <c>api:alice</c>, <c>file</c>, <c>rule:hourly-pnl</c>. For people: what decides is <see cref="Origin"/>.</param>
/// <param name="Reason">Why, in a person's words; may be empty at first.</param>
/// <param name="Principal">Who, by name of the credential.</param>
/// <param name="Person">The person behind it.</param>
/// <param name="Node">Node that accepted it.</param>
/// <param name="RaisedAt">Wall clock of that node.</param>
public sealed record Trip(
    Guid TripId,
    [property: JsonConverter(typeof(TradingStateJsonConverter))] TradingState Level,
    [property: JsonConverter(typeof(ScopeJsonConverter))] Scope Scope,
    string Source,
    string Reason,
    string Principal,
    string Person,
    string Node,
    DateTimeOffset RaisedAt)
{
    /// <summary>What kind of thing raised it.</summary>
    [JsonIgnore]
    public TripOrigin Origin
    {
        get => OriginOnRecord ?? TripOrigins.Before(this);
        init => OriginOnRecord = value;
    }

    /// <summary>Name of the rule that raised it; null: none did. Its target is the <see cref="Cause"/>.</summary>
    [JsonIgnore]
    public string? Rule
    {
        get => RuleOnRecord ?? TripOrigins.RuleBefore(this);
        init => RuleOnRecord = value;
    }

    /// <summary>Fingerprint of the alert that raised it; null: none did.</summary>
    [JsonIgnore]
    public string? Alert
    {
        get => AlertOnRecord ?? TripOrigins.AlertBefore(this);
        init => AlertOnRecord = value;
    }

    /// <summary>Incarnation of the node.</summary>
    public long Incarnation { get; init; }

    /// <summary>What caused it, such as a rule's name or a file's path.</summary>
    public string? Cause { get; init; }

    /// <summary>Figures behind it.</summary>
    public string? Evidence { get; init; }

    /// <summary>Raised in a drill.</summary>
    public bool Drill { get; init; }

    /// <summary>Largest position in this scope as a share of its AUM, 0 to 1; null: no cap.</summary>
    public double? MaxPositionFraction { get; init; }

    /// <summary>Share of the normal size that orders of this scope may have, 0 to 1; null: no cap.</summary>
    public double? SizeFactor { get; init; }

    /// <summary>Step of a recovery: 0 at REDUCE_ONLY, then one for each share of the normal size.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RecoveryStep { get; init; }

    /// <summary>Breaches (<c>target rule</c>) behind the trips that a recovery follows: known, and no obstacle.</summary>
    public IReadOnlyList<string>? RecoversFrom { get; init; }

    [JsonInclude]
    [JsonPropertyName("origin")]
    internal TripOrigin? OriginOnRecord { get; init; }

    [JsonInclude]
    [JsonPropertyName("rule")]
    internal string? RuleOnRecord { get; init; }

    [JsonInclude]
    [JsonPropertyName("alert")]
    internal string? AlertOnRecord { get; init; }
}
