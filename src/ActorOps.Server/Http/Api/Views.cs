using ActorOps.Client.Wire;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>The domain's records as they are shown.</summary>
internal static class Views
{
    public static IReadOnlyList<ScopeView> Effective(EffectiveStates states)
    {
        var all = states.Levels.OrderByDescending(level => level.Value.Level).ThenBy(level => level.Key.ToString(), StringComparer.Ordinal)
            .Select(level => new ScopeView(level.Key.ToString(), level.Value.Level.ToWire(), level.Value.Cause)).ToList();
        return all.Exists(scope => scope.Scope == "firm") ? all : [new ScopeView("firm", "ACTIVE", string.Empty), .. all];
    }

    public static TripView Of(Trip trip) => new(trip.TripId, trip.Scope.ToString(), trip.Level.ToWire(), trip.Reason, trip.Source, trip.Principal, trip.RaisedAt, trip.Node)
    {
        Person = trip.Person,
        What = TripWords.Of(trip),
        Origin = trip.Origin.ToString(),
        Cause = trip.Cause,
        Evidence = trip.Evidence,
        MaxPositionFraction = trip.MaxPositionFraction,
        SizeFactor = trip.SizeFactor,
        RecoveryStep = trip.Origin == TripOrigin.Recovery ? trip.RecoveryStep : null,
    };

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

    public static ReasonView Of(RuleReading reading) => new(reading.Rule, Finite(reading.Value), Finite(reading.Threshold), reading.WindowMs) { Level = reading.Level.ToString(), Note = reading.Note };

    private static double? Finite(double value) => double.IsFinite(value) ? Math.Round(value, 6) : null;
}
