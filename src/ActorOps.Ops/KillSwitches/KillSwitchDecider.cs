using ActorOps.Ops.Access;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Rules of the reset: another person, the risk role, exact ids, nothing raised again meanwhile.</summary>
internal static class KillSwitchDecider
{
    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) RequestReset(
        KillSwitchState state, KillSwitchCommand.RequestReset command, KillSwitchOptions options, Guid id, DateTimeOffset now)
    {
        if (!command.By.MayReduceRisk)
        {
            return Reject("forbidden", "asking for a reset needs the role operator, admin, engineering or risk");
        }

        var unknown = command.TripIds.Where(trip => !state.Trips.ContainsKey(trip)).ToList();
        if (command.TripIds.Count == 0 || unknown.Count > 0)
        {
            return Reject("unknown-trip", unknown.Count == 0 ? "name the trips to reset by id" : $"no such standing trip: {string.Join(", ", unknown)}; see `actorops kill status`");
        }

        if (string.IsNullOrWhiteSpace(command.Reason) || string.IsNullOrWhiteSpace(command.RootCause))
        {
            return Reject("missing-reason", "a reset carries a reason and the root cause");
        }

        var request = new ResetRequest(
            id,
            [.. command.TripIds.Distinct()],
            SafeText.Clean(command.Reason, 1000),
            SafeText.Clean(command.RootCause, 1000),
            command.Evidence is null ? null : SafeText.Clean(command.Evidence, 2000),
            command.By.Name,
            command.By.Person,
            now,
            now + options.ResetExpiry);
        return ([new KillSwitchEvent.ResetRequested(request)], new KillSwitchReply.ResetWaiting(request));
    }

    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) ApproveReset(
        KillSwitchState state, KillSwitchCommand.ApproveReset command, KillSwitchOptions options, Func<Guid> newId, string node, DateTimeOffset now)
    {
        if (!state.Resets.TryGetValue(command.ResetId, out var request))
        {
            return Reject("unknown-reset", $"there is no open reset {command.ResetId}");
        }

        if (Obstacle(state, request, command.By, options, now) is { } obstacle)
        {
            var denied = new KillSwitchEvent.ApprovalDenied(request.ResetId, command.By.Name, command.By.Person, obstacle.Code, now);
            return ([denied], obstacle);
        }

        // What is reset was a stop: its scope goes to REDUCE_ONLY first. What is reset was that recovery itself: then it is ACTIVE.
        var recoveries = request.TripIds.Select(id => state.Trips[id])
            .Where(trip => trip.Source != Trip.RecoverySource && trip.Level != TradingState.Active)
            .Select(trip => trip.Scope)
            .Distinct()
            .Select(scope => new Trip(newId(), TradingState.ReduceOnly, scope, Trip.RecoverySource, $"after reset {request.ResetId}", command.By.Name, command.By.Person, node, now) { Cause = $"reset:{request.ResetId}" })
            .ToList();
        return (
            [new KillSwitchEvent.ResetApproved(request.ResetId, request.TripIds, recoveries, command.By.Name, command.By.Person, now)],
            new KillSwitchReply.Reset(request.ResetId, recoveries));
    }

    private static KillSwitchReply.Rejected? Obstacle(KillSwitchState state, ResetRequest request, Principal by, KillSwitchOptions options, DateTimeOffset now)
    {
        if (!by.MayAddRisk)
        {
            return new("forbidden", "approving needs the role risk");
        }

        if (by.Person == request.Person)
        {
            return new("own-request", $"{by.Person} asked for this reset; another person must approve it");
        }

        if (now - by.ChangedAt < options.ApproverMinimumAge)
        {
            return new("approver-too-new", $"{by.Name} was added or changed at {by.ChangedAt:u}; approvals need {options.ApproverMinimumAge} since then (actorops.kill-switch.approver-minimum-age)");
        }

        if (now > request.ExpiresAt)
        {
            return new("reset-expired", $"the request expired at {request.ExpiresAt:u}; ask for a new one");
        }

        if (request.TripIds.FirstOrDefault(id => !state.Trips.ContainsKey(id)) is var gone && gone != default)
        {
            return new("stale", $"trip {gone} does not stand any more; ask for a new reset");
        }

        var again = request.TripIds.Where(id => state.RaisedAgainAt.TryGetValue(id, out var at) && at > request.RequestedAt).ToList();
        return again.Count > 0 ? new("raised-again", $"raised again since the request: {string.Join(", ", again)}; look at the cause and ask for a new reset") : null;
    }

    private static (IReadOnlyList<KillSwitchEvent>, KillSwitchReply) Reject(string code, string why) => ([], new KillSwitchReply.Rejected(code, why));
}
