using ActorOps.Ops.Changes;

namespace ActorOps.Ops.Access;

/// <summary>
/// Rules of access: an admin adds and revokes; risk and admin are granted by two people; somebody who can add others is always left. See
/// <c>docs/adr/0018-risk-and-admin-are-granted-by-two-people.md</c>.
/// </summary>
internal static class AccessDecider
{
    /// <summary>Who adds the first principals of a new cluster.</summary>
    public const string FirstStart = "first start";

    /// <summary>Code of the refusal that a change request answers.</summary>
    public const string SecondPerson = "second-person";

    public static (IReadOnlyList<AccessEvent> Events, AccessReply Reply) Decide(AccessState state, AccessCommand command, bool mayGrantAlone, DateTimeOffset now) => command switch
    {
        AccessCommand.Add add => Add(state, add, mayGrantAlone, now),
        AccessCommand.Revoke revoke => Revoke(state, revoke, now),
        AccessCommand.EnrollCode enroll => Enroll(state, enroll, now),
        AccessCommand.NoteNodeChange note => Done(state.NodeChanges.Contains(note.Id) ? [] : [new AccessEvent.NodeChanged(note.Id, note.Node, note.Action, note.By, note.Person, note.Reason, now)]),
        AccessCommand.Deny deny => ([new AccessEvent.AttemptDenied(deny.Principal, deny.What, deny.Why, deny.Address, now) { Count = deny.Count }], new AccessReply.Done()),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    /// <summary>Principals that two people have agreed to and that are not there yet.</summary>
    public static IReadOnlyList<AccessEvent> Approved(AccessState state, IEnumerable<ChangeRequest> changes, DateTimeOffset now) =>
    [
        .. from change in changes
           where change is { Kind: ChangeKinds.Access, IsApproved: true } && change.EndsAt > now && !state.Applied.Contains(change.ChangeId) && state.Holds(change.Principal, change.RequestedAt, now)
           let principal = AccessJson.Read(change.Argument)
           where principal is not null && !state.Principals.ContainsKey(principal.Name)
           select new AccessEvent.PrincipalAdded(principal with { ChangedAt = now, CodeSecret = null }, change.Principal) { ApprovedBy = change.Approvals[^1].Person, ChangeId = change.ChangeId },
    ];

    private static (IReadOnlyList<AccessEvent>, AccessReply) Add(AccessState state, AccessCommand.Add add, bool mayGrantAlone, DateTimeOffset now)
    {
        var principal = add.Principal with { ChangedAt = now, CodeSecret = null };
        if (ReservedNames.Contains(principal.Name))
        {
            return Reject("name-reserved", $"'{principal.Name}' is a name that the nodes themselves act under; choose another");
        }

        if (state.Principals.ContainsKey(principal.Name))
        {
            return Reject("name-taken", $"there is a principal '{principal.Name}' already; revoke it first");
        }

        if (add.By == FirstStart ? !state.Principals.IsEmpty && principal.IsKeeper : state.Living(add.By, now) is not { MayManageAccess: true })
        {
            return Reject("forbidden", $"'{add.By}' may not add principals; that needs the role admin");
        }

        if (!principal.IsKeeper || add.By == FirstStart || state.Keepers.Count < 2)
        {
            return Done([new AccessEvent.PrincipalAdded(principal, add.By)]);
        }

        var others = state.Principals.Values.Any(other => other.IsKeeper && other.IsLiving(now) && !PersonId.Same(other.Person, state.Principals[add.By].Person));
        return others ? Reject(SecondPerson, "granting risk or admin needs another person")
            : mayGrantAlone ? Done([new AccessEvent.PrincipalAdded(principal, add.By) { IsRecovery = true }])
            : Reject("nobody-to-approve", "granting risk or admin needs another person, and nobody else with these roles is left: start a node with actorops.kill-switch.lone-person-grants = true for this one grant (docs/how-to/reset-a-trip.md)");
    }

    private static (IReadOnlyList<AccessEvent>, AccessReply) Revoke(AccessState state, AccessCommand.Revoke revoke, DateTimeOffset now)
    {
        if (state.Living(revoke.By, now) is not { MayManageAccess: true })
        {
            return Reject("forbidden", $"'{revoke.By}' may not revoke principals; that needs the role admin");
        }

        if (!state.Principals.TryGetValue(revoke.Name, out var principal))
        {
            return Reject("unknown-principal", $"there is no principal '{revoke.Name}'");
        }

        return principal.MayManageAccess && !state.Principals.Values.Any(other => other.Name != revoke.Name && other.MayManageAccess && other.IsLiving(now))
            ? Reject("last-admin", $"'{revoke.Name}' is the last admin: nobody could add or revoke anybody any more; add another admin first")
            : Done([new AccessEvent.PrincipalRevoked(revoke.Name, revoke.By, now)]);
    }

    private static (IReadOnlyList<AccessEvent>, AccessReply) Enroll(AccessState state, AccessCommand.EnrollCode enroll, DateTimeOffset now) =>
        state.Living(enroll.Name, now) is not { CodeSecret: null }
            ? Reject("code-enrolled", $"{enroll.Name} has one-time codes already; a person who has lost them gets a new principal, which another person approves")
            : Done([new AccessEvent.CodeEnrolled(enroll.Name, enroll.SealedSecret, now)]);

    private static (IReadOnlyList<AccessEvent>, AccessReply) Done(IReadOnlyList<AccessEvent> events) => (events, new AccessReply.Done());

    private static (IReadOnlyList<AccessEvent>, AccessReply) Reject(string code, string why) => ([], new AccessReply.Rejected(code, why));
}
