using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Resets;

/// <summary>
/// The way back after a reset: REDUCE_ONLY first, then a growing share of the normal size, each step only while its scope is healthy. Anything critical goes
/// back to the first. What stands on a step is a trip of its own, so that it holds wherever trips hold.
/// </summary>
internal static class RecoveryLadder
{
    /// <summary>What is due now, one event for each scope at most.</summary>
    public static IReadOnlyList<KillSwitchEvent> Decide(KillSwitchState state, IResetFacts facts, KillSwitchOptions options, Func<Guid> newId, DateTimeOffset now)
    {
        var events = new List<KillSwitchEvent>();
        foreach (var standing in state.Trips.Values.Where(trip => trip.Origin == TripOrigin.Recovery).OrderBy(trip => trip.TripId))
        {
            var trouble = TroubleOf(standing, state, facts);
            if (trouble is { IsKnown: true } && standing.RecoveryStep > 0)
            {
                events.Add(new KillSwitchEvent.RecoveryFellBack(standing.TripId, StepOf(standing, 0, newId(), options, now) with { Reason = trouble.Detail }, trouble.Detail, now));
            }
            else if (trouble is null && now - standing.RaisedAt >= (standing.RecoveryStep == 0 ? options.RecoveryHold : options.RecoveryStep))
            {
                var next = standing.RecoveryStep + 1;
                events.Add(new KillSwitchEvent.RecoveryAdvanced(standing.TripId, next <= options.RecoverySizes.Count ? StepOf(standing, next, newId(), options, now) : null, now));
            }
        }

        return events;
    }

    /// <summary>The first step for a scope whose trips were reset.</summary>
    public static Trip First(Scope scope, IReadOnlyList<string> recoversFrom, ResetRequest request, Principal by, Guid id, string node, DateTimeOffset now) =>
        new(id, TradingState.ReduceOnly, scope, "recovery", $"after reset {request.ResetId}", by.Name, by.Person, node, now)
        {
            Origin = TripOrigin.Recovery,
            Cause = $"reset:{request.ResetId}",
            RecoversFrom = recoversFrom,
        };

    private static Trip StepOf(Trip standing, int step, Guid id, KillSwitchOptions options, DateTimeOffset now) => standing with
    {
        TripId = id,
        Level = step == 0 ? TradingState.ReduceOnly : TradingState.Active,
        SizeFactor = step == 0 ? null : options.RecoverySizes[step - 1],
        RecoveryStep = step,
        RaisedAt = now,
    };

    private static ScopeHealth? TroubleOf(Trip standing, KillSwitchState state, IResetFacts facts)
    {
        if (state.Trips.Values.FirstOrDefault(trip => trip.Origin != TripOrigin.Recovery && trip.Level != TradingState.Active && (trip.Scope == standing.Scope || trip.Scope == Scope.Firm)) is { } trip)
        {
            return ScopeHealth.Bad($"tripped again: {trip.TripId} ({trip.Source})");
        }

        if (facts.ClusterProblem() is { } problem)
        {
            return ScopeHealth.Unknown(problem);
        }

        var health = facts.HealthOf(standing.Scope, standing.RecoversFrom ?? []);
        return health is { IsKnown: true, IsGood: true } ? null : health;
    }
}
