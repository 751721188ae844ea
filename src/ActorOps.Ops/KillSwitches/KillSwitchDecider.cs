using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Rules of the reset: another person, the risk role, a code, exact ids, nothing raised again meanwhile, every item of the checklist done.</summary>
internal static class KillSwitchDecider
{
    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) RequestReset(
        KillSwitchState state, KillSwitchCommand.RequestReset command, KillSwitchOptions options, Guid id, DateTimeOffset now)
    {
        if (!command.By.MayAskForRisk)
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
            now + options.ResetExpiry)
        { Shadow = command.Shadow };
        return ([new KillSwitchEvent.ResetRequested(request)], new KillSwitchReply.ResetWaiting(request, []));
    }

    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) Sign(KillSwitchState state, KillSwitchCommand.Sign command, IReadOnlyList<ResetCheck> checks, DateTimeOffset now)
    {
        if (!command.By.MayAskForRisk)
        {
            return Reject("forbidden", "signing needs the role operator, admin, engineering or risk");
        }

        if (!state.Resets.TryGetValue(command.ResetId, out var request))
        {
            return Reject("unknown-reset", $"there is no open reset {command.ResetId}");
        }

        if (checks.FirstOrDefault(check => check.Item == command.Item) is not { } item)
        {
            return Reject("unknown-item", $"the checklist has no item '{SafeText.Clean(command.Item, 50)}'; it has {string.Join(", ", checks.Select(check => check.Item))}");
        }

        if (item.State is CheckState.Verified or CheckState.Failed || item.Item == "shadow")
        {
            return Reject("not-signable", item.State == CheckState.Verified ? $"{item.Item} is verified by the system" : $"{item.Item} cannot be signed: {item.Detail}");
        }

        if (string.IsNullOrWhiteSpace(command.Statement))
        {
            return Reject("missing-reason", "a signature says what was looked at and what was found");
        }

        var signature = new Signature(command.Item, SafeText.Clean(command.Statement, 1000), command.By.Name, command.By.Person, now);
        return ([new KillSwitchEvent.ResetSigned(request.ResetId, signature)], new KillSwitchReply.ResetWaiting(request with { Signatures = [.. request.Signatures ?? [], signature] }, []));
    }

    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) ApproveReset(
        KillSwitchState state, KillSwitchCommand.ApproveReset command, IReadOnlyList<ResetCheck> checks, KillSwitchOptions options, Func<Guid> newId, string node, DateTimeOffset now)
    {
        if (!state.Resets.TryGetValue(command.ResetId, out var request))
        {
            return Reject("unknown-reset", $"there is no open reset {command.ResetId}");
        }

        // A code is used up last, when nothing else stands in the way.
        var by = command.Approval.By;
        var (refusal, step) = (ApprovalRules.CheckPerson(command.Approval, [request.Person], options.ForApprovals(), now) ?? Obstacle(state, request, checks, now), (long?)null);
        if (refusal is null)
        {
            (refusal, step) = ApprovalRules.Check(command.Approval, [request.Person], state.Codes, options.ForApprovals(), now);
        }

        if (refusal is not null)
        {
            return (ChangeDecider.Denied(request.ResetId, command.Approval, refusal, now), new KillSwitchReply.Rejected(refusal.Code, refusal.Why));
        }

        var approved = Approved(state, request, by, newId, node, now);
        return ([.. ChangeDecider.Used(by.Name, step, now), approved], new KillSwitchReply.Reset(request.ResetId, approved.Recoveries));
    }

    public static (IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) GiveReason(KillSwitchState state, KillSwitchCommand.GiveReason command, DateTimeOffset now) =>
        !command.By.MayAskForRisk ? Reject("forbidden", "giving a reason needs the role operator, admin, engineering or risk")
        : string.IsNullOrWhiteSpace(command.Reason) ? Reject("missing-reason", "say why")
        : !state.Trips.ContainsKey(command.TripId) ? Reject("unknown-trip", $"no such standing trip: {command.TripId}")
        : ([new KillSwitchEvent.ReasonGiven(command.TripId, SafeText.Clean(command.Reason, 1000), command.By.Name, command.By.Person, now)], new KillSwitchReply.ReasonKept(command.TripId));

    /// <summary>What is reset was a stop: its scope goes to REDUCE_ONLY first, and starts again if it was on its way back. What is reset was that way back itself: then it is ACTIVE.</summary>
    private static KillSwitchEvent.ResetApproved Approved(KillSwitchState state, ResetRequest request, Principal by, Func<Guid> newId, string node, DateTimeOffset now)
    {
        var trips = request.TripIds.Select(id => state.Trips[id]).ToList();
        var stops = trips.Where(trip => trip.Origin != TripOrigin.Recovery && trip.Level != TradingState.Active).ToList();
        var scopes = stops.Select(trip => trip.Scope).Distinct().ToList();
        var replaced = state.Trips.Values.Where(trip => trip.Origin == TripOrigin.Recovery && scopes.Contains(trip.Scope)).Select(trip => trip.TripId);
        return new KillSwitchEvent.ResetApproved(
            request.ResetId,
            [.. request.TripIds.Union(replaced)],
            [.. scopes.Select(scope => RecoveryLadder.First(scope, ResetChecklist.IgnoredBy(stops.Where(trip => trip.Scope == scope), state), request, by, newId(), node, now))],
            by.Name,
            by.Person,
            now);
    }

    private static ApprovalRefusal? Obstacle(KillSwitchState state, ResetRequest request, IReadOnlyList<ResetCheck> checks, DateTimeOffset now)
    {
        if (now > request.ExpiresAt)
        {
            return new("reset-expired", $"the request expired at {request.ExpiresAt:u}; ask for a new one");
        }

        if (request.TripIds.FirstOrDefault(id => !state.Trips.ContainsKey(id)) is var gone && gone != default)
        {
            return new("stale", $"trip {gone} does not stand any more; ask for a new reset");
        }

        var again = request.TripIds.Where(id => state.RaisedAgainAt.TryGetValue(id, out var at) && at > request.RequestedAt).ToList();
        if (again.Count > 0)
        {
            return new("raised-again", $"raised again since the request: {string.Join(", ", again)}; look at the cause and ask for a new reset");
        }

        var open = checks.Where(check => !check.IsDone).ToList();
        return open.Count > 0 ? new("checklist-open", $"not done yet: {string.Join("; ", open.Select(check => $"{check.Item} ({check.Detail})"))}; see actorops kill show {request.ResetId}") : null;
    }

    private static (IReadOnlyList<KillSwitchEvent>, KillSwitchReply) Reject(string code, string why) => ([], new KillSwitchReply.Rejected(code, why));
}
