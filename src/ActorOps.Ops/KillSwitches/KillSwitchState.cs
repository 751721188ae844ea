using System.Collections.Immutable;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Fold of the kill switch's events.</summary>
internal sealed record KillSwitchState
{
    /// <summary>Time after which nobody can say whether an alert of which nothing was heard still fires.</summary>
    private static readonly TimeSpan AlertMemory = TimeSpan.FromHours(12);

    public ImmutableDictionary<Guid, Trip> Trips { get; init; } = ImmutableDictionary<Guid, Trip>.Empty;

    /// <summary>When each standing trip was last asked for again.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> RaisedAgainAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    public ImmutableHashSet<Guid> Cleared { get; init; } = [];

    public ImmutableDictionary<Guid, ResetRequest> Resets { get; init; } = ImmutableDictionary<Guid, ResetRequest>.Empty;

    /// <summary>Changes asked for or in force.</summary>
    public ImmutableDictionary<Guid, ChangeRequest> Changes { get; init; } = ImmutableDictionary<Guid, ChangeRequest>.Empty;

    /// <summary>One-time codes, by principal.</summary>
    public ImmutableDictionary<string, CodeUse> Codes { get; init; } = ImmutableDictionary<string, CodeUse>.Empty;

    /// <summary>Reasons that followed their trips.</summary>
    public ImmutableDictionary<Guid, string> Reasons { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>What is behind each trip.</summary>
    public ImmutableDictionary<Guid, ImmutableList<TripCause>> Causes { get; init; } = ImmutableDictionary<Guid, ImmutableList<TripCause>>.Empty;

    /// <summary>What is behind a trip, the first cause first.</summary>
    public ImmutableList<TripCause> CausesOf(Trip trip) => Causes.GetValueOrDefault(trip.TripId) ?? TripCauses.Of(trip);

    /// <summary>Whether an alert behind a trip still fires, as far as its sender has said: the worst of them.</summary>
    public ScopeHealth CauseOf(Trip trip, DateTimeOffset now)
    {
        var alerts = CausesOf(trip).Where(cause => cause.Alert is not null).Select(cause => AlertHealth(cause, now)).ToList();
        return alerts.Find(health => health is { IsKnown: true, IsGood: false }) ?? alerts.Find(health => !health.IsKnown) ?? alerts.FirstOrDefault() ?? ScopeHealth.Good("no alert is behind this trip");
    }

    private static ScopeHealth AlertHealth(TripCause alert, DateTimeOffset now) =>
        alert.EndedAt is { } ended && ended >= alert.LastAt ? ScopeHealth.Good($"{alert.Source} ended at {ended:u}")
        : now - alert.LastAt > AlertMemory ? ScopeHealth.Unknown($"{alert.Source} was last heard of at {alert.LastAt:u}, firing")
        : ScopeHealth.Bad($"{alert.Source} fires, last at {alert.LastAt:u}");

    /// <summary>When the reset that cleared a trip was asked for: what was asked for again since then, it does not cover.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> ClearedAsOf { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>
    /// Decisions and trips as one: what a decision cleared does not stand, whenever its trip arrives. A trip that was asked for again while its reset was on its
    /// way stands under a new id: both streams have their own writers, and neither can see what the other is about to write.
    /// </summary>
    public static KillSwitchState Merge(KillSwitchState decisions, KillSwitchState trips)
    {
        var after = RaisedAgain.After(decisions, trips).ToList();
        return decisions with
        {
            Trips = decisions.Trips.SetItems(trips.Trips).RemoveRange(decisions.Cleared).SetItems(after.Select(one => KeyValuePair.Create(one.Trip.TripId, one.Trip))),
            RaisedAgainAt = decisions.RaisedAgainAt.SetItems(trips.RaisedAgainAt),
            Causes = trips.Causes.SetItems(after.Select(one => KeyValuePair.Create(one.Trip.TripId, one.Causes))),
        };
    }

    public static KillSwitchState Apply(KillSwitchState state, KillSwitchEvent e) => e switch
    {
        KillSwitchEvent.Tripped tripped => state.Cleared.Contains(tripped.Trip.TripId) ? state : state with
        {
            Trips = state.Trips.SetItem(tripped.Trip.TripId, tripped.Trip),
            Causes = state.Causes.ContainsKey(tripped.Trip.TripId) ? state.Causes : state.Causes.SetItem(tripped.Trip.TripId, TripCauses.Of(tripped.Trip)),
        },
        KillSwitchEvent.RaisedAgain again => Again(state, again),
        KillSwitchEvent.ResetRequested requested => state with { Resets = state.Resets.SetItem(requested.Request.ResetId, requested.Request) },
        KillSwitchEvent.ResetApproved approved => state with
        {
            Trips = state.Trips.RemoveRange(approved.TripIds).SetItems(approved.Recoveries.Select(trip => KeyValuePair.Create(trip.TripId, trip))),
            RaisedAgainAt = state.RaisedAgainAt.RemoveRange(approved.TripIds),
            Cleared = state.Cleared.Union(approved.TripIds),
            ClearedAsOf = state.Resets.TryGetValue(approved.ResetId, out var asked)
                ? state.ClearedAsOf.SetItems(approved.TripIds.Select(id => KeyValuePair.Create(id, asked.RequestedAt)))
                : state.ClearedAsOf,
            Resets = state.Resets.Remove(approved.ResetId),
            Reasons = state.Reasons.RemoveRange(approved.TripIds),
        },
        KillSwitchEvent.ApprovalDenied => state,
        KillSwitchEvent.ResetSigned signed => state.Resets.TryGetValue(signed.ResetId, out var reset)
            ? state with { Resets = state.Resets.SetItem(signed.ResetId, reset with { Signatures = [.. reset.Signatures ?? [], signed.Signature] }) }
            : state,
        KillSwitchEvent.CodeUsed used => state with { Codes = state.Codes.SetItem(used.Principal, new CodeUse(used.Step, 0, DateTimeOffset.MinValue)) },
        KillSwitchEvent.CodeRefused refused => state with { Codes = state.Codes.SetItem(refused.Principal, state.Codes.GetValueOrDefault(refused.Principal, CodeUse.None).Again(refused.At)) },
        KillSwitchEvent.CauseEnded ended => state.Causes.TryGetValue(ended.TripId, out var causes)
            ? state with { Causes = state.Causes.SetItem(ended.TripId, TripCauses.End(causes, ended.Alert, ended.At)) }
            : state,
        KillSwitchEvent.ReasonGiven given => state with { Reasons = state.Reasons.SetItem(given.TripId, given.Reason) },
        KillSwitchEvent.RecoveryAdvanced advanced => Step(state, advanced.Cleared, advanced.Next),
        KillSwitchEvent.RecoveryFellBack fell => Step(state, fell.Cleared, fell.Next),
        KillSwitchEvent.ChangeRequested requested => state with { Changes = state.Changes.SetItem(requested.Change.ChangeId, requested.Change) },
        KillSwitchEvent.ChangeApproved approved => state.Changes.TryGetValue(approved.ChangeId, out var change)
            ? state with { Changes = state.Changes.SetItem(approved.ChangeId, change with { Approvals = [.. change.Approvals, approved.Approval] }) }
            : state,
        KillSwitchEvent.ChangeEnded ended => state with { Changes = state.Changes.Remove(ended.ChangeId) },
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };

    private static KillSwitchState Again(KillSwitchState state, KillSwitchEvent.RaisedAgain again)
    {
        var known = state.Causes.GetValueOrDefault(again.TripId, []);
        return state with
        {
            RaisedAgainAt = state.RaisedAgainAt.SetItem(again.TripId, again.At),
            Causes = state.Causes.SetItem(again.TripId, TripCauses.Add(known, TripCauses.Of(again, known))),
        };
    }

    private static KillSwitchState Step(KillSwitchState state, Guid cleared, Trip? next)
    {
        var trips = state.Trips.Remove(cleared);
        return state with { Trips = next is null ? trips : trips.SetItem(next.TripId, next), Cleared = state.Cleared.Add(cleared) };
    }
}
