using System.Text.Json.Serialization;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>A hold: a limit that lifts by itself.</summary>
/// <param name="Scope">Where.</param>
/// <param name="Cause">Who holds it.</param>
/// <param name="Level">How far.</param>
public sealed record HeldScope(
    [property: JsonConverter(typeof(ScopeJsonConverter))] Scope Scope,
    string Cause,
    [property: JsonConverter(typeof(TradingStateJsonConverter))] TradingState Level)
{
    /// <summary>When it began; null when the holder does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Why, in words; null: the cause says it.</summary>
    public string? Why { get; init; }
}
