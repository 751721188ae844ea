using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>A scope's state and what causes it: <c>trip:ID</c> or <c>hold:WHY</c>.</summary>
/// <param name="Level">The state.</param>
/// <param name="Cause">Its cause; empty for ACTIVE.</param>
public readonly record struct EffectiveLevel(TradingState Level, string Cause)
{
    /// <summary>No limit beyond the usual ones.</summary>
    public static EffectiveLevel Active { get; } = new(TradingState.Active, string.Empty);
}
