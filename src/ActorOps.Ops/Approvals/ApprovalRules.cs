using System.Collections.Immutable;
using ActorOps.Client.Wording;
using ActorOps.Ops.Access;

namespace ActorOps.Ops.Approvals;

/// <summary>Who may say yes to more risk: another person, with the risk role, long enough known, with a code that was never used.</summary>
internal static class ApprovalRules
{
    /// <summary>Wrong codes in a row after which a principal must wait.</summary>
    private const int MostWrongCodes = 5;

    private static readonly TimeSpan WrongCodeWait = TimeSpan.FromMinutes(15);

    /// <summary>The refusal, or the step of the code that was used up.</summary>
    /// <param name="approval">The word.</param>
    /// <param name="involved">Persons who have asked or approved already.</param>
    /// <param name="codes">Codes used so far, by principal.</param>
    /// <param name="options">Age and codes.</param>
    /// <param name="now">The moment.</param>
    public static (ApprovalRefusal? Refusal, long? UsedStep) Check(
        Approval approval, IReadOnlyCollection<string> involved, ImmutableDictionary<string, CodeUse> codes, ApprovalOptions options, DateTimeOffset now)
    {
        var by = approval.By;
        if (CheckPerson(approval, involved, options, now) is { } refusal)
        {
            return (refusal, null);
        }

        if (!options.OneTimeCodes)
        {
            return (null, null);
        }

        if (by.CodeSecret is null)
        {
            return (new("no-code-enrolled", $"{by.Name} has no one-time code yet: actorops access enroll, then {DurationText.Of(options.MinimumAge)} later approvals count"), null);
        }

        if (string.IsNullOrEmpty(approval.Code))
        {
            return (new("code-missing", "an approval needs the one-time code of your authenticator: --code NNNNNN"), null);
        }

        var use = codes.GetValueOrDefault(by.Name, CodeUse.None);
        if (use.Wrong >= MostWrongCodes && now - use.WrongAt < WrongCodeWait)
        {
            return (new("too-many-codes", $"{use.Wrong} wrong codes in a row; approvals of {by.Name} are possible again at {use.WrongAt + WrongCodeWait:u}"), null);
        }

        return approval.Secret is not null && OneTimeCode.Match(approval.Secret, approval.Code, now, use.LastStep) is { } step
            ? (null, step)
            : (new(WrongCode, "this code is wrong, too old, or was used before; wait for the next one"), null);
    }

    /// <summary>Code of the refusal that counts as a try at guessing.</summary>
    public const string WrongCode = "wrong-code";

    /// <summary>The same without the code, which is not used up by asking for this.</summary>
    public static ApprovalRefusal? CheckPerson(Approval approval, IReadOnlyCollection<string> involved, ApprovalOptions options, DateTimeOffset now)
    {
        var by = approval.By;
        if (!by.MayAddRisk && !(approval.AdminSuffices && by.MayManageAccess))
        {
            return new("forbidden", "approving needs the role risk");
        }

        if (involved.Any(person => PersonId.Same(person, by.Person)))
        {
            return new("own-request", $"{by.Person} has asked for this or approved it already; another person must approve it");
        }

        return now - by.ChangedAt < options.MinimumAge
            ? new("approver-too-new", $"{by.Name} was added or changed at {by.ChangedAt:u}; approvals need {DurationText.Of(options.MinimumAge)} since then (actorops.kill-switch.approver-minimum-age)")
            : approval.Requester is { } requester ? CheckGrants(by, requester) : null;
    }

    /// <summary>Two principals that one person has made are one person's word, however they are called.</summary>
    private static ApprovalRefusal? CheckGrants(Principal by, Principal requester)
    {
        if (by is { ApprovedBy: null, IsFirstOther: false } && PersonId.Same(by.GrantedBy, requester.Person))
        {
            return new("granted-by-requester", $"{requester.Person}, who asks, has granted {by.Name} alone; a person whose grant was approved must approve this");
        }

        return requester is { ApprovedBy: null, IsFirstOther: false } && PersonId.Same(requester.GrantedBy, by.Person)
            ? new("granted-by-approver", $"{by.Person} has granted {requester.Name}, who asks, alone; another person must approve this")
            : null;
    }
}
