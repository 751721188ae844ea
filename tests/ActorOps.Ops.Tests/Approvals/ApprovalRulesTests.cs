using System.Collections.Immutable;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;

namespace ActorOps.Ops.Tests.Approvals;

/// <summary>Two principals that one person has made are one person's word.</summary>
public class ApprovalRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);
    private static readonly ApprovalOptions Options = new(TimeSpan.FromHours(24), OneTimeCodes: false);
    private readonly Principal _alice = Old("alice", Role.Operator, Role.Admin, Role.Risk) with { GrantedBy = "first-start" };

    [Fact]
    public void A_principal_that_the_requester_alone_granted_approves_nothing_of_his()
    {
        var bob = Old("bob", Role.Risk) with { GrantedBy = "alice" };
        Assert.Equal("granted-by-requester", Check(bob, _alice));
        Assert.Null(Check(bob with { ApprovedBy = "carol" }, _alice));
        Assert.Null(Check(bob, Old("dave", Role.Operator)));
    }

    [Fact]
    public void The_first_other_person_approves_once_the_minimum_age_has_passed()
    {
        var bob = Old("bob", Role.Risk) with { GrantedBy = "alice", IsFirstOther = true };
        Assert.Null(Check(bob, _alice));
        Assert.Equal("approver-too-new", Check(bob with { ChangedAt = Now.AddHours(-23) }, _alice));
    }

    [Fact]
    public void A_person_never_approves_what_a_principal_asks_that_he_has_made_alone()
    {
        var fake = Old("fake", Role.Operator) with { GrantedBy = "Alice", AddedAt = Now.AddYears(-1) };
        Assert.Equal("granted-by-approver", Check(_alice, fake));
        Assert.Null(Check(_alice, fake with { IsFirstOther = true }));
        Assert.Null(Check(_alice, fake with { ApprovedBy = "carol" }));
    }

    [Fact]
    public void Spelling_does_not_make_two_people_of_one() =>
        Assert.Equal("own-request", ApprovalRules.Check(new Approval(Old("b", Role.Risk) with { Person = "Olga Op " }, null, null), ["olga-op"], ImmutableDictionary<string, CodeUse>.Empty, Options, Now).Refusal?.Code);

    [Fact]
    public void An_admin_stands_in_for_risk_only_where_that_is_said()
    {
        var carol = Old("carol", Role.Admin);
        Assert.Equal("forbidden", Check(carol, _alice));
        Assert.Null(ApprovalRules.Check(new Approval(carol, null, null) { AdminSuffices = true }, ["alice"], ImmutableDictionary<string, CodeUse>.Empty, Options, Now).Refusal);
        Assert.Equal("forbidden", ApprovalRules.Check(new Approval(Old("eve", Role.Operator), null, null) { AdminSuffices = true }, ["alice"], ImmutableDictionary<string, CodeUse>.Empty, Options, Now).Refusal?.Code);
    }

    private static Principal Old(string person, params Role[] roles) => new(person, person, roles, person, Now.AddDays(-30)) { AddedAt = Now.AddDays(-30) };

    private static string? Check(Principal by, Principal requester) =>
        ApprovalRules.Check(new Approval(by, null, null) { Requester = requester }, [requester.Person], ImmutableDictionary<string, CodeUse>.Empty, Options, Now).Refusal?.Code;
}
