using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Situations;
using ActorOps.Ops.Supervisors;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>The domain's records as they are shown.</summary>
internal static class Views
{
    public static IReadOnlyList<ScopeView> Effective(SituationFacts facts)
    {
        var all = SituationRules.Scopes(facts).Select(scope => new ScopeView(scope.Scope.ToString(), scope.Level.ToWire(), scope.Cause) { Why = scope.Why, Since = scope.Since, Next = scope.Next }).ToList();
        return all.Exists(scope => scope.Scope == "firm") ? all : [new ScopeView("firm", "ACTIVE", string.Empty), .. all];
    }

    public static TripView Of(Trip trip) => new(trip.TripId, trip.Scope.ToString(), trip.Level.ToWire(), trip.Reason, trip.Source, trip.Principal, trip.RaisedAt, trip.Node)
    {
        Word = TripText.Word(trip),
        Person = trip.Person,
        What = TripText.Effect(trip),
        Origin = trip.Origin.ToString(),
        Cause = trip.Cause,
        Evidence = trip.Evidence,
        MaxPositionFraction = trip.MaxPositionFraction,
        SizeFactor = trip.SizeFactor,
        RecoveryStep = trip.Origin == TripOrigin.Recovery ? trip.RecoveryStep : null,
    };

    public static IReadOnlyList<TripCauseView>? Of(IReadOnlyList<TripCause>? causes) =>
        causes is null ? null : [.. causes.Select(cause => new TripCauseView(cause.Origin.ToString(), cause.Source, cause.Cause, cause.FirstAt, cause.LastAt, cause.Times) { EndedAt = cause.EndedAt })];

    public static ResetView Of(ResetRequest reset) => new(reset.ResetId, reset.TripIds, reset.Reason, reset.RootCause, reset.Principal, reset.Person, reset.RequestedAt, reset.ExpiresAt)
    {
        Evidence = reset.Evidence,
    };

    public static SupervisorView Of(SupervisorSummary summary, NodeServices services) => new(
        Ops.Desks.TargetKindNames.ToWire(summary.Target.Kind),
        summary.Target.Id,
        summary.Verdict.ToString(),
        [.. summary.Reasons.Select(Of)],
        summary.LastSignalMs is { } last ? services.NowMs - last : null,
        services.Identity.Node,
        summary.Path);

    public static ReasonView Of(RuleReading reading) => new(reading.Rule, Finite(reading.Value), Finite(reading.Threshold), reading.WindowMs)
    {
        Level = reading.Level.ToString(),
        Note = reading.Note,
        Title = RuleTable.Find(reading.Rule)?.Title ?? reading.Rule,
        Unit = RuleTable.Find(reading.Rule)?.UnitText,
        Warning = reading.Warning,
        Critical = reading.Critical,
        Text = RuleText.Of(reading),
        ValueText = Text(reading, reading.Value),
        WarningText = Text(reading, reading.Warning),
        CriticalText = Text(reading, reading.Critical),
    };

    private static string? Text(RuleReading reading, double? value) => value is { } number && double.IsFinite(number) ? RuleText.Value(RuleTable.Find(reading.Rule), number) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
