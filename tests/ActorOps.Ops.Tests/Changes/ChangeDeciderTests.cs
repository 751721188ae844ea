using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Changes;

public class ChangeDeciderTests
{
    private static readonly KillSwitchOptions Options = new() { OneTimeCodes = false };
    private readonly Principal _alice = Trips.Person("alice", Role.Operator, Role.Risk);
    private readonly Principal _bob = Trips.Person("bob", Role.Risk);
    private readonly Principal _carol = Trips.Person("carol", Role.Risk);
    private DateTimeOffset _now = Trips.Now;
    private KillSwitchState _state = new();

    [Fact]
    public void An_override_needs_two_persons_beside_the_one_who_asks()
    {
        var change = Ask();
        Assert.Equal("own-request", Refused(_alice, change));
        Assert.False(Approve(_bob, change).IsApproved);
        Assert.Equal("own-request", Refused(_bob, change));
        Assert.Equal("own-request", Refused(_bob with { Name = "bob-phone", Person = "BOB" }, change));
        var approved = Approve(_carol, change);
        Assert.True(approved.IsApproved);
        Assert.Equal(_now.AddHours(1), approved.EndsAt);
        Assert.Equal("stale", Refused(Trips.Person("dave", Role.Risk), change));
    }

    [Fact]
    public void It_ends_by_itself_and_anybody_may_end_it_before()
    {
        var change = Ask();
        Approve(_bob, change);
        Approve(_carol, change);
        _now = _now.AddMinutes(59);
        Assert.Empty(ChangeDecider.Expired(_state, _now));
        _now = _now.AddMinutes(1);
        Assert.Single(ChangeDecider.Expired(_state, _now));
        Assert.IsType<ChangeReply.Ended>(Decide(new ChangeCommand.End(Trips.Person("eve", Role.Operator), change, "enough")));
        Assert.Empty(_state.Changes);
    }

    [Fact]
    public void A_request_that_nobody_approves_expires()
    {
        var change = Ask();
        _now += Options.ResetExpiry + TimeSpan.FromSeconds(1);
        Assert.Equal("stale", Refused(_bob, change));
        Assert.Single(ChangeDecider.Expired(_state, _now));
    }

    [Fact]
    public void An_approval_that_is_used_once_is_used_soon_or_over()
    {
        var asked = Assert.IsType<ChangeReply.Stands>(Decide(new ChangeCommand.Request(_alice, ChangeKinds.Limits, "hash", "s", null, "because", null))).Change;
        Assert.True(Approve(_bob, asked.ChangeId).IsApproved);
        _now = _now.AddMinutes(61);
        Assert.Single(ChangeDecider.Expired(_state, _now));
    }

    [Theory]
    [InlineData("override", "planet/x", "strategy/s", 1, "bad-override")]
    [InlineData("override", "strategy/s", null, 1, "bad-override")]
    [InlineData("override", "strategy/s", "trip:1", 1, "bad-override")]
    [InlineData("override", "strategy/s", "strategy/s", 9, "bad-override")]
    [InlineData("override", "strategy/s", "strategy/s", 0, "bad-override")]
    [InlineData("party", "strategy/s", "strategy/s", 1, "unknown-kind")]
    public void What_makes_no_sense_is_refused(string kind, string subject, string? cause, int hours, string code) =>
        Assert.Equal(code, Assert.IsType<ChangeReply.Rejected>(Decide(new ChangeCommand.Request(_alice, kind, subject, "s", cause, "because", TimeSpan.FromHours(hours)))).Code);

    [Fact]
    public void Without_a_reason_or_a_second_time_nothing_is_asked_for()
    {
        Ask();
        Assert.Equal("already-asked", Assert.IsType<ChangeReply.Rejected>(Decide(new ChangeCommand.Request(_bob, "override", "strategy/s", "s", "strategy/s", "me too", TimeSpan.FromHours(1)))).Code);
        Assert.Equal("missing-reason", Assert.IsType<ChangeReply.Rejected>(Decide(new ChangeCommand.Request(_bob, "override", "strategy/t", "s", "strategy/t", " ", TimeSpan.FromHours(1)))).Code);
        Assert.Equal("forbidden", Assert.IsType<ChangeReply.Rejected>(Decide(new ChangeCommand.Request(Trips.Person("eve", Role.Auditor), "override", "strategy/t", "s", "strategy/t", "r", TimeSpan.FromHours(1)))).Code);
    }

    private Guid Ask() => Assert.IsType<ChangeReply.Stands>(Decide(new ChangeCommand.Request(_alice, ChangeKinds.Override, "strategy/s", "s", "strategy/s", "book checked", TimeSpan.FromHours(1)))).Change.ChangeId;

    private ChangeRequest Approve(Principal by, Guid change) => Assert.IsType<ChangeReply.Stands>(Decide(new ChangeCommand.Approve(new Approval(by, null, null), change))).Change;

    private string Refused(Principal by, Guid change) => Assert.IsType<ChangeReply.Rejected>(Decide(new ChangeCommand.Approve(new Approval(by, null, null), change))).Code;

    private ChangeReply Decide(ChangeCommand command)
    {
        var (events, reply) = ChangeDecider.Decide(_state, command, Options, Guid.NewGuid, _now);
        _state = events.Aggregate(_state, KillSwitchState.Apply);
        return reply;
    }
}
