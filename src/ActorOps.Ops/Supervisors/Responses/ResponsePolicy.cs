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

    /// <summary>What is still missing for the response, and what it will be: <c>1 of 3 samples; trips on the third</c>.</summary>
    public string Announce(int streak, int needed) => $"{Math.Min(streak, needed)} of {needed} samples; {Verb} on the {Ordinal(needed)}";

    private string Verb => Trip is not null ? "trips" : CapsSize ? "caps the size" : SwitchesFeed ? "switches the feed" : "is confirmed";

    private static string Ordinal(int number) => number switch
    {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        _ when number % 100 is 11 or 12 or 13 => $"{number}th",
        _ => (number % 10) switch { 1 => $"{number}st", 2 => $"{number}nd", 3 => $"{number}rd", _ => $"{number}th" },
    };

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
