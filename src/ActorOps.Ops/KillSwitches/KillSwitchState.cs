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

    /// <summary>When the cause of a trip was last said to have ended, as of an alert that does not fire any more.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> CauseEndedAt { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>Whether the cause of a trip still stands, as far as its source can say.</summary>
    public ScopeHealth CauseOf(Trip trip, DateTimeOffset now)
    {
        if (trip.Origin != TripOrigin.Alert)
        {
            return ScopeHealth.Good("no alert is behind this trip");
        }

        var raised = RaisedAgainAt.TryGetValue(trip.TripId, out var again) && again > trip.RaisedAt ? again : trip.RaisedAt;
        return CauseEndedAt.TryGetValue(trip.TripId, out var ended) && ended >= raised ? ScopeHealth.Good($"{trip.Source} has ended at {ended:u}")
            : now - raised > AlertMemory ? ScopeHealth.Unknown($"{trip.Source} was last heard of at {raised:u}, firing")
            : ScopeHealth.Bad($"{trip.Source} fires, last at {raised:u}");
    }

    /// <summary>When the reset that cleared a trip was asked for: what was asked for again since then, it does not cover.</summary>
    public ImmutableDictionary<Guid, DateTimeOffset> ClearedAsOf { get; init; } = ImmutableDictionary<Guid, DateTimeOffset>.Empty;

    /// <summary>
    /// Decisions and trips as one: what a decision cleared does not stand, whenever its trip arrives. A trip that was asked for again while its reset was on its
    /// way stands under a new id: both streams have their own writers, and neither can see what the other is about to write.
    /// </summary>
    public static KillSwitchState Merge(KillSwitchState decisions, KillSwitchState trips) => decisions with
    {
        Trips = decisions.Trips.SetItems(trips.Trips).RemoveRange(decisions.Cleared).SetItems(RaisedAgain.After(decisions, trips)),
        RaisedAgainAt = decisions.RaisedAgainAt.SetItems(trips.RaisedAgainAt),
        CauseEndedAt = decisions.CauseEndedAt.SetItems(trips.CauseEndedAt),
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
        KillSwitchEvent.CauseEnded ended => state with { CauseEndedAt = state.CauseEndedAt.SetItem(ended.TripId, ended.At) },
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

    private static KillSwitchState Step(KillSwitchState state, Guid cleared, Trip? next)
    {
        var trips = state.Trips.Remove(cleared);
        return state with { Trips = next is null ? trips : trips.SetItem(next.TripId, next), Cleared = state.Cleared.Add(cleared) };
    }
}
