using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public class KillSwitchDeciderTests
{
    private static readonly KillSwitchOptions Options = new();
    private static readonly DateTimeOffset Now = Trips.Now;
    private readonly Trip _trip = Trips.Of("strategy/a");
    private readonly Principal _alice = Trips.Person("alice", Role.Operator, Role.Risk);
    private readonly Principal _bob = Trips.Person("bob", Role.Risk);
    private KillSwitchState _state = new();

    public KillSwitchDeciderTests() => Apply([new KillSwitchEvent.Tripped(_trip)]);

    [Fact]
    public void A_reset_takes_two_persons_and_leaves_the_scope_at_reduce_only()
    {
        var reset = Request(_alice);
        var reply = Assert.IsType<KillSwitchReply.Reset>(Approve(_bob, reset.ResetId));
        var recovery = Assert.Single(reply.Recoveries);
        Assert.Equal((TradingState.ReduceOnly, _trip.Scope, Trip.RecoverySource), (recovery.Level, recovery.Scope, recovery.Source));
        Assert.Equal([recovery.TripId], _state.Trips.Keys);
        Assert.Contains(_trip.TripId, _state.Cleared);
    }

    [Fact]
    public void Resetting_the_recovery_in_turn_makes_the_scope_active()
    {
        Approve(_bob, Request(_alice).ResetId);
        var recovery = _state.Trips.Values.Single();
        var second = Assert.IsType<KillSwitchReply.ResetWaiting>(Decide(_alice, [recovery.TripId])).Request;
        Assert.Empty(Assert.IsType<KillSwitchReply.Reset>(Approve(_bob, second.ResetId)).Recoveries);
        Assert.Empty(_state.Trips);
    }

    [Fact]
    public void The_same_person_with_another_token_may_not_approve()
    {
        var reset = Request(_alice);
        var other = _alice with { Name = "alice-phone", TokenHash = "another" };
        Assert.Equal("own-request", Refused(other, reset.ResetId));
        Assert.Contains(_trip.TripId, _state.Trips.Keys);
    }

    [Fact]
    public void An_approver_without_the_risk_role_or_changed_within_a_day_is_refused()
    {
        var reset = Request(_alice);
        Assert.Equal("forbidden", Refused(Trips.Person("carol", Role.Operator, Role.Admin), reset.ResetId));
        Assert.Equal("approver-too-new", Refused(_bob with { ChangedAt = Now.AddHours(-23) }, reset.ResetId));
        Assert.IsType<KillSwitchReply.Reset>(Approve(_bob with { ChangedAt = Now.AddHours(-24) }, reset.ResetId));
    }

    [Fact]
    public void A_trip_raised_again_after_the_request_stops_the_approval()
    {
        var reset = Request(_alice);
        Apply([new KillSwitchEvent.RaisedAgain(_trip.TripId, "x", "x", "again", null, Now.AddSeconds(1))]);
        Assert.Equal("raised-again", Refused(_bob, reset.ResetId));
    }

    [Fact]
    public void A_later_trip_is_not_covered_by_an_earlier_request()
    {
        var reset = Request(_alice);
        var later = Trips.Of("strategy/a", TradingState.Killed, "file");
        Apply([new KillSwitchEvent.Tripped(later)]);
        Approve(_bob, reset.ResetId);
        Assert.Contains(later.TripId, _state.Trips.Keys);
    }

    [Fact]
    public void A_request_expires_and_one_whose_trip_is_gone_is_stale()
    {
        var first = Request(_alice);
        var second = Request(_alice);
        Assert.Equal("reset-expired", Refused(_bob, first.ResetId, Now + Options.ResetExpiry + TimeSpan.FromSeconds(1)));
        Approve(_bob, second.ResetId);
        Assert.Equal("stale", Refused(_bob, first.ResetId));
    }

    [Fact]
    public void A_request_names_standing_trips_a_reason_and_a_root_cause()
    {
        Assert.Equal("unknown-trip", Assert.IsType<KillSwitchReply.Rejected>(Decide(_alice, [Guid.NewGuid()])).Code);
        Assert.Equal("unknown-trip", Assert.IsType<KillSwitchReply.Rejected>(Decide(_alice, [])).Code);
        Assert.Equal("missing-reason", Assert.IsType<KillSwitchReply.Rejected>(Decide(_alice, [_trip.TripId], reason: " ")).Code);
        Assert.Equal("forbidden", Assert.IsType<KillSwitchReply.Rejected>(Decide(Trips.Person("eve", Role.Auditor), [_trip.TripId])).Code);
    }

    [Fact]
    public void A_denied_approval_is_on_record()
    {
        var reset = Request(_alice);
        Assert.IsType<KillSwitchEvent.ApprovalDenied>(Assert.Single(KillSwitchDecider.ApproveReset(_state, new(_alice, reset.ResetId), Options, Guid.NewGuid, "n", Now).Events));
    }

    [Fact]
    public void Trips_merge_to_the_same_state_in_any_order_and_a_cleared_one_never_comes_back()
    {
        var random = new Random(11);
        var trips = Enumerable.Range(0, 6).Select(i => Trips.Of($"strategy/s{i % 3}")).ToList();
        var events = trips.Select(trip => (KillSwitchEvent)new KillSwitchEvent.Tripped(trip)).Append(new KillSwitchEvent.ResetApproved(Guid.NewGuid(), [trips[0].TripId, trips[1].TripId], [], "b", "b", Now)).ToList();
        for (var round = 0; round < 50; round++)
        {
            var state = events.Concat(events).OrderBy(_ => random.Next()).Aggregate(new KillSwitchState(), KillSwitchState.Apply);
            Assert.Equal(trips.Skip(2).Select(trip => trip.TripId).Order(), state.Trips.Keys.Order());
        }
    }

    private ResetRequest Request(Principal by) => Assert.IsType<KillSwitchReply.ResetWaiting>(Decide(by, [_trip.TripId])).Request;

    private KillSwitchReply Decide(Principal by, Guid[] trips, string reason = "fixed")
    {
        var (events, reply) = KillSwitchDecider.RequestReset(_state, new(by, trips, reason, "a bug", null), Options, Guid.NewGuid(), Now);
        Apply(events);
        return reply;
    }

    private KillSwitchReply Approve(Principal by, Guid reset, DateTimeOffset? at = null)
    {
        var (events, reply) = KillSwitchDecider.ApproveReset(_state, new(by, reset), Options, Guid.NewGuid, "n", at ?? Now);
        Apply(events);
        return reply;
    }

    private string Refused(Principal by, Guid reset, DateTimeOffset? at = null) => Assert.IsType<KillSwitchReply.Rejected>(Approve(by, reset, at)).Code;

    private void Apply(IEnumerable<KillSwitchEvent> events) => _state = events.Aggregate(_state, KillSwitchState.Apply);
}
