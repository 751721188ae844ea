using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Supervisors.Responses;

/// <summary>What a confirmed critical does, by kind and rule.</summary>
/// <param name="Severity">Severity of the escalation.</param>
/// <param name="Trip">Level of the trip; null: none.</param>
/// <param name="CapsSize">Caps positions.</param>
/// <param name="RollsBack">Begins the rollback.</param>
/// <param name="SwitchesFeed">Switches to the other feed, or trips its users when there is none.</param>
internal sealed record ResponsePolicy(string Severity, TradingState? Trip = null, bool CapsSize = false, bool SwitchesFeed = false, bool RollsBack = false)
{
    private static readonly ResponsePolicy Note = new("P2");

    public static ResponsePolicy For(TargetKind kind, string rule) => (kind, rule) switch
    {
        (TargetKind.Strategy or TargetKind.Scope, RuleNames.HourlyPnl or RuleNames.DailyPnl) => new("P0", TradingState.Killed, RollsBack: true),
        (TargetKind.Strategy or TargetKind.Scope, RuleNames.Drawdown) => new("P0", TradingState.Killed),
        (TargetKind.Strategy, RuleNames.SlippageRatio) => new("P1", CapsSize: true),
        (TargetKind.Strategy, RuleNames.FillRate or RuleNames.ErrorRate) => new("P1", TradingState.ReduceOnly),
        (TargetKind.Broker, RuleNames.BrokerErrors) => new("P1", TradingState.ReduceOnly),
        (TargetKind.Broker, RuleNames.SessionHeartbeat) => new("P1"),
        (TargetKind.Feed, RuleNames.FeedSilence) => new("P1", SwitchesFeed: true),
        _ => Note,
    };
}
