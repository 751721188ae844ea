using ActorOps.Ops.Approvals;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Changes;

/// <summary>Rules of changes: other persons, with codes, for a limited time; to end one needs nobody's leave.</summary>
internal static class ChangeDecider
{
    /// <summary>Time in which an approval that is used once is used.</summary>
    private static readonly TimeSpan UseWithin = TimeSpan.FromHours(1);

    private static readonly TimeSpan LongestOverride = TimeSpan.FromHours(8);

    public static (IReadOnlyList<KillSwitchEvent> Events, ChangeReply Reply) Decide(KillSwitchState state, ChangeCommand command, KillSwitchOptions options, Func<Guid> newId, DateTimeOffset now) => command switch
    {
        ChangeCommand.Request request => Request(state, request, options, newId(), now),
        ChangeCommand.Propose propose => Propose(state, propose, options, newId(), now),
        ChangeCommand.Approve approve => Approve(state, approve, options, now),
        ChangeCommand.End end => End(state, end, now),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    /// <summary>Overrides whose time is over.</summary>
    public static IReadOnlyList<KillSwitchEvent> Expired(KillSwitchState state, DateTimeOffset now) =>
        [.. state.Changes.Values.Where(change => change.EndsAt <= now || (!change.IsApproved && change.ExpiresAt <= now)).Select(change => new KillSwitchEvent.ChangeEnded(change.ChangeId, "kill-switch", "kill-switch", change.IsApproved ? "its time is over" : "not approved in time", now))];

    private static (IReadOnlyList<KillSwitchEvent>, ChangeReply) Request(KillSwitchState state, ChangeCommand.Request command, KillSwitchOptions options, Guid id, DateTimeOffset now)
    {
        if (!command.By.MayAskForRisk)
        {
            return Reject("forbidden", "asking for a change needs the role operator, admin, engineering or risk");
        }

        if (command.Kind == ChangeKinds.Desk)
        {
            return Reject("bad-change", "a change of a desk is asked for by its registration, and by nobody else");
        }

        if (command.Kind == ChangeKinds.Access && !command.By.MayManageAccess)
        {
            return Reject("forbidden", "granting access needs the role admin");
        }

        if (ChangeKinds.ApprovalsOf(command.Kind) is not { } needed)
        {
            return Reject("unknown-kind", $"'{SafeText.Clean(command.Kind, 50)}' is not a kind of change; use override, limits or flatten");
        }

        if (string.IsNullOrWhiteSpace(command.Reason) || string.IsNullOrWhiteSpace(command.Subject))
        {
            return Reject("missing-reason", "a change names what it is about and carries a reason");
        }

        if (command.Kind == ChangeKinds.Override && ProblemOf(command) is { } problem)
        {
            return Reject("bad-override", problem);
        }

        if (state.Changes.Values.FirstOrDefault(change => change.Kind == command.Kind && change.Subject == command.Subject && (change.Argument == command.Argument || change.Kind == ChangeKinds.Access) && (change.IsApproved || change.ExpiresAt > now)) is { } same)
        {
            return Reject("already-asked", $"{same.ChangeId} of {same.Person} is about the same; approve it or end it first");
        }

        var request = new ChangeRequest(id, command.Kind, command.Subject, SafeText.Clean(command.Summary, 500), SafeText.Clean(command.Reason, 1000), command.By.Name, command.By.Person, now, now + options.ResetExpiry, needed)
        {
            Argument = command.Argument,
            Life = command.Kind == ChangeKinds.Override ? command.Life : UseWithin,
        };
        return ([new KillSwitchEvent.ChangeRequested(request)], new ChangeReply.Stands(request));
    }

    /// <summary>One at a time for each desk: what it asks for now takes the place of what it asked for before, approvals included.</summary>
    private static (IReadOnlyList<KillSwitchEvent>, ChangeReply) Propose(KillSwitchState state, ChangeCommand.Propose command, KillSwitchOptions options, Guid id, DateTimeOffset now)
    {
        var open = state.Changes.Values.Where(change => change.Kind == ChangeKinds.Desk && change.Subject == command.Desk).ToList();
        if (open.Find(change => change.Argument == command.Hash && (change.IsApproved || change.ExpiresAt > now)) is { } same)
        {
            return ([], new ChangeReply.Stands(same));
        }

        var request = new ChangeRequest(
            id, ChangeKinds.Desk, command.Desk, SafeText.Clean(command.Summary, 1000), "asked for by the desk's registration", command.Principal, command.Person, now, now + options.ResetExpiry, ChangeKinds.ApprovalsOf(ChangeKinds.Desk)!.Value)
        {
            Argument = command.Hash,
            Life = UseWithin,
        };
        return ([.. open.Select(old => new KillSwitchEvent.ChangeEnded(old.ChangeId, command.Principal, command.Person, "the desk asks for something else", now)), new KillSwitchEvent.ChangeRequested(request)], new ChangeReply.Stands(request));
    }

    private static string? ProblemOf(ChangeCommand.Request command) =>
        !Scope.TryParse(command.Subject, out _) ? $"'{SafeText.Clean(command.Subject, 100)}' is not a scope"
        : string.IsNullOrWhiteSpace(command.Argument) ? "an override names the cause of the hold that it is about, as `actorops kill status` shows it after 'hold:'"
        : command.Argument.StartsWith("trip:", StringComparison.Ordinal) ? "a trip is never overridden: it is reset"
        : command.Life is not { } life || life <= TimeSpan.Zero || life > LongestOverride ? $"an override is for a limited time of at most {LongestOverride.TotalHours:0} h"
        : null;

    private static (IReadOnlyList<KillSwitchEvent>, ChangeReply) Approve(KillSwitchState state, ChangeCommand.Approve command, KillSwitchOptions options, DateTimeOffset now)
    {
        if (!state.Changes.TryGetValue(command.ChangeId, out var change))
        {
            return Reject("unknown-change", $"there is no open change {command.ChangeId}");
        }

        if (change.IsApproved || change.ExpiresAt < now)
        {
            return Reject("stale", change.IsApproved ? "it is approved already" : $"the request expired at {change.ExpiresAt:u}; ask again");
        }

        var by = command.Approval.By;
        var (refusal, step) = ApprovalRules.Check(command.Approval, [change.Person, .. change.Approvals.Select(approval => approval.Person)], state.Codes, options.ForApprovals(), now);
        if (refusal is not null)
        {
            return (Denied(change.ChangeId, command.Approval, refusal, now), new ChangeReply.Rejected(refusal.Code, refusal.Why));
        }

        var approved = new ChangeApproval(by.Name, by.Person, now);
        return ([.. Used(by.Name, step, now), new KillSwitchEvent.ChangeApproved(change.ChangeId, approved)], new ChangeReply.Stands(change with { Approvals = [.. change.Approvals, approved] }));
    }

    private static (IReadOnlyList<KillSwitchEvent>, ChangeReply) End(KillSwitchState state, ChangeCommand.End command, DateTimeOffset now) =>
        !command.By.MayAskForRisk ? Reject("forbidden", "ending a change needs the role operator, admin, engineering or risk")
        : !state.Changes.ContainsKey(command.ChangeId) ? Reject("unknown-change", $"there is no open change {command.ChangeId}")
        : ([new KillSwitchEvent.ChangeEnded(command.ChangeId, command.By.Name, command.By.Person, SafeText.Clean(command.Reason, 500), now)], new ChangeReply.Ended(command.ChangeId));

    /// <summary>A refused approval is on record, a wrong code counts.</summary>
    internal static IReadOnlyList<KillSwitchEvent> Denied(Guid id, Approval approval, ApprovalRefusal refusal, DateTimeOffset now)
    {
        var denied = new KillSwitchEvent.ApprovalDenied(id, approval.By.Name, approval.By.Person, refusal.Code, now);
        return refusal.Code == ApprovalRules.WrongCode ? [new KillSwitchEvent.CodeRefused(approval.By.Name, now), denied] : [denied];
    }

    /// <summary>A code that counted does not count again.</summary>
    internal static IReadOnlyList<KillSwitchEvent> Used(string principal, long? step, DateTimeOffset now) => step is { } used ? [new KillSwitchEvent.CodeUsed(principal, used, now)] : [];

    private static (IReadOnlyList<KillSwitchEvent>, ChangeReply) Reject(string code, string why) => ([], new ChangeReply.Rejected(code, why));
}
