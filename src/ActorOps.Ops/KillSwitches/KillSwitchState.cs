using System.Collections.Immutable;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Fold of the kill switch's events.</summary>
internal sealed record KillSwitchState
{
    public ImmutableDictionary<Guid, Trip> Trips { get; init; } = ImmutableDictionary<Guid, Trip>.Empty;

    /// <summary>When each standing trip was last asked for again.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> RaisedAgainAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    public ImmutableHashSet<Guid> Cleared { get; init; } = [];

    public ImmutableDictionary<Guid, ResetRequest> Resets { get; init; } = ImmutableDictionary<Guid, ResetRequest>.Empty;

    /// <summary>Decisions and trips as one: what a decision cleared does not stand, whenever its trip arrives.</summary>
    public static KillSwitchState Merge(KillSwitchState decisions, KillSwitchState trips) => decisions with
    {
        Trips = decisions.Trips.SetItems(trips.Trips).RemoveRange(decisions.Cleared),
        RaisedAgainAt = decisions.RaisedAgainAt.SetItems(trips.RaisedAgainAt),
    };

    public static KillSwitchState Apply(KillSwitchState state, KillSwitchEvent e) => e switch
    {
        KillSwitchEvent.Tripped tripped => state.Cleared.Contains(tripped.Trip.TripId) ? state : state with { Trips = state.Trips.SetItem(tripped.Trip.TripId, tripped.Trip) },
        KillSwitchEvent.RaisedAgain again => state with { RaisedAgainAt = state.RaisedAgainAt.SetItem(again.TripId, again.At) },
        KillSwitchEvent.ResetRequested requested => state with { Resets = state.Resets.SetItem(requested.Request.ResetId, requested.Request) },
        KillSwitchEvent.ResetApproved approved => state with
        {
            Trips = state.Trips.RemoveRange(approved.TripIds).SetItems(approved.Recoveries.Select(trip => KeyValuePair.Create(trip.TripId, trip))),
            RaisedAgainAt = state.RaisedAgainAt.RemoveRange(approved.TripIds),
            Cleared = state.Cleared.Union(approved.TripIds),
            Resets = state.Resets.Remove(approved.ResetId),
        },
        KillSwitchEvent.ApprovalDenied => state,
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
