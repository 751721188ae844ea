using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;

namespace ActorOps.Ops.Tests.Approvals;

public class StandingRequestTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 14, 30, 0, TimeSpan.Zero);
    private readonly AccessState _access = Fold(AccessState.Empty, Added("alice"), Added("bob"));

    [Fact]
    public void A_reset_is_void_when_its_person_is_revoked_and_stays_so_when_he_comes_back()
    {
        var reset = new ResetRequest(Guid.NewGuid(), [Guid.NewGuid()], "r", "c", null, "alice", "alice", Now, Now.AddHours(4));
        Assert.Null(StandingRequest.WhyVoid(_access, reset, Now));
        var revoked = Fold(_access, new AccessEvent.PrincipalRevoked("alice", "bob", Now.AddMinutes(1)));
        Assert.NotNull(StandingRequest.WhyVoid(revoked, reset, Now));
        Assert.NotNull(StandingRequest.WhyVoid(Fold(revoked, Added("alice", Now.AddMinutes(2))), reset, Now.AddMinutes(3)));
    }

    [Fact]
    public void A_reset_is_void_when_its_persons_token_has_expired()
    {
        var access = Fold(AccessState.Empty, Added("alice", end: Now.AddHours(1)));
        var reset = new ResetRequest(Guid.NewGuid(), [Guid.NewGuid()], "r", "c", null, "alice", "alice", Now, Now.AddHours(4));
        Assert.Null(StandingRequest.WhyVoid(access, reset, Now));
        Assert.NotNull(StandingRequest.WhyVoid(access, reset, Now.AddHours(1)));
    }

    [Fact]
    public void A_change_is_void_with_the_one_who_asked_or_agreed_until_it_is_in_force()
    {
        var change = new ChangeRequest(Guid.NewGuid(), ChangeKinds.Override, "firm", "s", "r", "alice", "alice", Now, Now.AddHours(4), 2) { Approvals = [new ChangeApproval("bob", "bob", Now)] };
        var revoked = Fold(_access, new AccessEvent.PrincipalRevoked("bob", "alice", Now.AddMinutes(1)));
        Assert.Null(StandingRequest.WhyVoid(_access, change, Now));
        Assert.Contains("'bob', who agreed", StandingRequest.WhyVoid(revoked, change, Now), StringComparison.Ordinal);
        Assert.Null(StandingRequest.WhyVoid(revoked, change with { ApprovalsNeeded = 1 }, Now));
    }

    [Fact]
    public void A_revoked_persons_signature_counts_no_more()
    {
        var reset = new ResetRequest(Guid.NewGuid(), [Guid.NewGuid()], "r", "c", null, "alice", "alice", Now, Now.AddHours(4))
        {
            Signatures = [new Signature("a", "s", "bob", "bob", Now), new Signature("b", "s", "alice", "alice", Now)],
        };
        var revoked = Fold(_access, new AccessEvent.PrincipalRevoked("bob", "alice", Now.AddMinutes(1)));
        Assert.Equal(["b"], StandingRequest.Living(revoked, reset, Now).Signatures!.Select(signature => signature.Item));
    }

    private static AccessEvent Added(string name, DateTimeOffset? at = null, DateTimeOffset? end = null) =>
        new AccessEvent.PrincipalAdded(new Principal(name, name, [Role.Operator], name, at ?? Now.AddDays(-1), end), AccessDecider.FirstStart);

    private static AccessState Fold(AccessState state, params AccessEvent[] events) => events.Aggregate(state, AccessState.Apply);
}
