using ActorOps.Ops.Access;
using ActorOps.Ops.Changes;

namespace ActorOps.Ops.Tests.Access;

public class AccessDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);
    private AccessState _state = AccessState.Empty;

    public AccessDeciderTests()
    {
        Add("admin", "first-admin", AccessDecider.FirstStart, Role.Operator, Role.Admin, Role.Risk);
        Add("desk", "trading-system", AccessDecider.FirstStart, Role.Desk);
    }

    [Fact]
    public void The_first_other_person_is_granted_by_the_first_one_alone_and_every_later_one_needs_both()
    {
        Assert.Null(Add("bob", "bob", "admin", Role.Risk));
        Assert.True(_state.Principals["bob"].IsFirstOther);
        Assert.Equal("first-admin", _state.Principals["bob"].GrantedBy);
        Assert.Equal(AccessDecider.SecondPerson, Add("carol", "carol", "admin", Role.Risk));
        Assert.Equal(AccessDecider.SecondPerson, Add("carol", "carol", "admin", Role.Operator, Role.Admin));
        Assert.Equal(AccessDecider.SecondPerson, Add("admin-phone", "first-admin", "admin", Role.Admin));
        Assert.Null(Add("carol", "carol", "admin", Role.Operator));
    }

    [Fact]
    public void A_change_that_another_person_approved_adds_its_principal_once()
    {
        Add("bob", "bob", "admin", Role.Risk);
        var change = Change("carol", "admin");
        Assert.Empty(AccessDecider.Approved(_state, [change with { Approvals = [] }], Now));
        Assert.Empty(AccessDecider.Approved(_state, [change with { Kind = ChangeKinds.Override, ApprovalsNeeded = 1 }], Now));
        var added = Assert.IsType<AccessEvent.PrincipalAdded>(Assert.Single(AccessDecider.Approved(_state, [change], Now)));
        Assert.Equal(("bob", "admin", change.ChangeId), (added.ApprovedBy, added.By, added.ChangeId));
        _state = AccessState.Apply(_state, added);
        Assert.Equal(("first-admin", "bob", false), (_state.Principals["carol"].GrantedBy, _state.Principals["carol"].ApprovedBy, _state.Principals["carol"].IsFirstOther));
        Revoke("carol", "admin");
        Assert.Empty(AccessDecider.Approved(_state, [change], Now));
    }

    [Fact]
    public void What_a_revoked_admin_asked_for_is_not_carried_out()
    {
        Add("bob", "bob", "admin", Role.Risk, Role.Admin);
        var change = Change("carol", "admin");
        Revoke("admin", "bob");
        Assert.Empty(AccessDecider.Approved(_state, [change], Now));
    }

    [Fact]
    public void The_last_admin_is_not_revoked_by_anybody()
    {
        Assert.Equal("last-admin", Revoke("admin", "admin"));
        Add("bob", "bob", "admin", Role.Admin);
        Assert.Null(Revoke("admin", "bob"));
        Assert.Equal("last-admin", Revoke("bob", "bob"));
    }

    [Fact]
    public void An_admin_that_has_expired_is_no_reason_to_let_the_last_one_go()
    {
        _state = AccessState.Apply(_state, new AccessEvent.PrincipalAdded(New("old", "old", Role.Admin) with { ExpiresAt = Now }, "admin"));
        Assert.Equal("last-admin", Revoke("admin", "admin"));
        Assert.Equal("forbidden", Revoke("admin", "old"));
    }

    [Fact]
    public void Only_an_admin_adds_or_revokes_as_the_journal_has_him()
    {
        Assert.Equal("forbidden", Add("x", "x-person", "desk", Role.Auditor));
        Assert.Equal("forbidden", Add("x", "x-person", "nobody", Role.Auditor));
        Assert.Equal("forbidden", Add("x", "x-person", AccessDecider.FirstStart, Role.Admin));
        Assert.Equal("forbidden", Revoke("desk", "nobody"));
    }

    [Fact]
    public void A_lone_person_grants_again_only_by_the_setting_and_not_while_another_one_could_agree()
    {
        Add("bob", "bob", "admin", Role.Risk);
        Assert.Equal(AccessDecider.SecondPerson, Code(AccessDecider.Decide(_state, new AccessCommand.Add(New("carol", "carol", Role.Risk), "admin"), mayGrantAlone: true, Now)));
        Revoke("bob", "admin");
        Assert.Equal("nobody-to-approve", Add("carol", "carol", "admin", Role.Risk));
        var (events, _) = AccessDecider.Decide(_state, new AccessCommand.Add(New("carol", "carol", Role.Risk), "admin"), mayGrantAlone: true, Now);
        Assert.True(Assert.IsType<AccessEvent.PrincipalAdded>(Assert.Single(events)).IsRecovery);
    }

    [Fact]
    public void Persons_of_old_journals_are_read_as_ids()
    {
        _state = AccessState.Apply(_state, new AccessEvent.PrincipalAdded(New("olga", " Olga  Op ", Role.Operator), "admin"));
        Assert.Equal(("olga-op", "Olga  Op"), (_state.Principals["olga"].Person, _state.Principals["olga"].DisplayName));
        Assert.True(PersonId.Same("Olga Op", "olga op "));
    }

    [Fact]
    public void Codes_are_enrolled_once()
    {
        _state = AccessState.Apply(_state, Assert.Single(AccessDecider.Decide(_state, new AccessCommand.EnrollCode("admin", "sealed"), false, Now).Events));
        Assert.Equal("code-enrolled", Code(AccessDecider.Decide(_state, new AccessCommand.EnrollCode("admin", "other"), false, Now)));
    }

    private static Principal New(string name, string person, params Role[] roles) => new(name, person, roles, "hash-" + name, Now.AddDays(-1));

    private ChangeRequest Change(string name, string by) => new(Guid.NewGuid(), ChangeKinds.Access, name, "s", "r", by, "first-admin", Now, Now.AddHours(4), 1)
    {
        Argument = System.Text.Json.JsonSerializer.Serialize(New(name, name, Role.Risk), AccessJson.Default.Principal),
        Life = TimeSpan.FromHours(1),
        Approvals = [new ChangeApproval("bob", "bob", Now)],
    };

    private string? Add(string name, string person, string by, params Role[] roles) => Fold(AccessDecider.Decide(_state, new AccessCommand.Add(New(name, person, roles), by), mayGrantAlone: false, Now));

    private string? Revoke(string name, string by) => Fold(AccessDecider.Decide(_state, new AccessCommand.Revoke(name, by), mayGrantAlone: false, Now));

    private string? Fold((IReadOnlyList<AccessEvent> Events, AccessReply Reply) decided)
    {
        _state = decided.Events.Aggregate(_state, AccessState.Apply);
        return Code(decided);
    }

    private static string? Code((IReadOnlyList<AccessEvent> Events, AccessReply Reply) decided) => (decided.Reply as AccessReply.Rejected)?.Code;
}
