using System.Globalization;
using ActorOps.Client.Wording;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Situations;

/// <summary>What stands: trips, size caps, holds, and what waits for approval.</summary>
internal static class StandingFindings
{
    public static IEnumerable<Finding> Of(SituationFacts facts) => facts.States.Trips.Select(trip => Of(trip, facts)).Concat(Holds(facts)).Concat(Waiting(facts));

    /// <summary>Every scope that is not ACTIVE, the highest level first.</summary>
    public static IReadOnlyList<ScopeStanding> Scopes(SituationFacts facts)
    {
        var holds = Holds(facts).ToLookup(hold => hold.Subject);
        return [.. facts.States.Levels.OrderByDescending(level => level.Value.Level).ThenBy(level => level.Key.ToString(), StringComparer.Ordinal).Select(level =>
        {
            var (scope, cause) = (level.Key.ToString(), level.Value.Cause);
            var finding = cause.StartsWith("trip:", StringComparison.Ordinal) && Guid.TryParse(cause.AsSpan(5), out var id) && facts.States.Find(id) is { } trip
                ? Of(trip, facts)
                : holds[scope].OrderByDescending(hold => hold.Rank).FirstOrDefault();
            return new ScopeStanding(level.Key, level.Value.Level, cause, finding?.Why ?? cause, finding?.Since, finding?.Next);
        })];
    }

    private static Finding Of(Trip trip, SituationFacts facts)
    {
        var isCap = trip.Level == TradingState.Active;
        var reset = facts.Resets.FirstOrDefault(reset => reset.TripIds.Contains(trip.TripId));
        return new Finding(isCap ? FindingKinds.SizeCap : FindingKinds.Trip, Rank(trip), TripText.Word(trip), trip.Scope.ToString(), Why(trip, facts))
        {
            Since = trip.RaisedAt,
            Says = isCap ? $"has a {TripText.Effect(trip)}" : $"is {TripText.Word(trip)}",
            NeedsPerson = trip.Origin != TripOrigin.Recovery,
            Next = trip.Origin == TripOrigin.Recovery ? null
                : reset is not null ? $"actorops kill show {reset.ResetId}"
                : $"actorops kill reset {trip.TripId} --root-cause TEXT --reason TEXT",
        };
    }

    private static int Rank(Trip trip) => trip.Level switch
    {
        TradingState.Killed => 90,
        TradingState.CancelOnly => 80,
        TradingState.ReduceOnly => 70,
        _ => 45,
    } + (trip.Scope == Scope.Firm ? 8 : 0);

    private static string Why(Trip trip, SituationFacts facts)
    {
        var reason = facts.Reasons.GetValueOrDefault(trip.TripId, trip.Reason);
        return trip.Origin == TripOrigin.Recovery ? Recovery(trip, facts) : $"{(reason.Length > 0 ? reason : "no reason given yet")} (by {trip.Principal}{(trip.Source == trip.Principal ? string.Empty : $", {trip.Source}")})";
    }

    private static string Recovery(Trip trip, SituationFacts facts)
    {
        var options = facts.Recovery;
        var due = trip.RaisedAt + (trip.RecoveryStep == 0 ? options.RecoveryHold : options.RecoveryStep);
        var size = trip.RecoveryStep < options.RecoverySizes.Count ? (options.RecoverySizes[trip.RecoveryStep] * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %" : "full size";
        return due > facts.Now ? $"recovers in steps; next: {size} at {due:HH:mm} UTC" : $"recovers in steps; next: {size} as soon as the scope is healthy";
    }

    /// <summary>With the present reason of the target that holds, which may be another one than at the beginning.</summary>
    private static IEnumerable<Finding> Holds(SituationFacts facts)
    {
        var reasons = facts.Targets.DistinctBy(target => target.Target).ToDictionary(target => target.Target.ToString(), target => target.Why);
        return facts.States.Holds.Where(hold => hold.Level != TradingState.Active).Select(hold => Of(hold, reasons));
    }

    private static Finding Of(HeldScope hold, Dictionary<string, string> reasons) =>
        new(FindingKinds.Hold, (hold.Level == TradingState.ReduceOnly ? 66 : 76) + (hold.Scope == Scope.Firm ? 1 : 0), hold.Level.ToWire(), hold.Scope.ToString(), $"held, {reasons.GetValueOrDefault(hold.Cause) ?? hold.Why ?? hold.Cause}")
        {
            Since = hold.Since,
            Next = $"actorops supervisor show {hold.Cause[(hold.Cause.LastIndexOf(' ') + 1)..]}",
        };

    private static IEnumerable<Finding> Waiting(SituationFacts facts)
    {
        foreach (var reset in facts.Resets)
        {
            yield return new Finding(FindingKinds.Approval, 42, "WAITING", "reset", $"{reset.Person} asks to clear {Count(reset.TripIds.Count, "trip")}; another person must approve within {DurationText.Of(reset.ExpiresAt - facts.Now)}")
            {
                Since = reset.RequestedAt,
                Says = "waits",
                Next = $"actorops kill show {reset.ResetId}",
            };
        }

        foreach (var change in facts.Changes.Where(change => change.IsApproved || change.ExpiresAt > facts.Now))
        {
            yield return change.IsApproved
                ? new Finding(FindingKinds.Override, 35, "IN FORCE", $"{change.Kind} {change.Subject}", $"{change.Summary}{(change.EndsAt is { } end ? $" until {end:HH:mm} UTC" : string.Empty)}")
                {
                    Since = change.Approvals.Count > 0 ? change.Approvals[^1].At : change.RequestedAt,
                    NeedsPerson = false,
                    Next = $"actorops change end {change.ChangeId} --reason TEXT",
                }
                : new Finding(FindingKinds.Approval, 41, "WAITING", $"{change.Kind} {change.Subject}", $"{change.Person} asks: {change.Summary}; {Count(change.ApprovalsNeeded - change.Approvals.Count, "approval")} missing")
                {
                    Since = change.RequestedAt,
                    Says = "waits",
                    Next = $"actorops change approve {change.ChangeId} --code NNNNNN",
                };
        }

        if (facts.Proposed is { } proposed && !facts.Changes.Any(change => change.Kind == ChangeKinds.Limits && change.Subject == proposed.Hash))
        {
            yield return new Finding(FindingKinds.Approval, 40, "WAITING", "limits", $"the configuration asks for looser limits, which are not in force: {string.Join("; ", proposed.Changes.Take(3))}")
            {
                Since = proposed.At,
                Says = "wait",
                Next = $"actorops change limits {proposed.Hash} --reason TEXT",
            };
        }
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
