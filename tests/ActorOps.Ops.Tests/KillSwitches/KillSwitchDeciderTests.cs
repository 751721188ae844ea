using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public class KillSwitchDeciderTests
{
    private static readonly KillSwitchOptions Options = new() { OneTimeCodes = false };
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();
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
        Assert.Equal((TradingState.ReduceOnly, _trip.Scope, TripOrigin.Recovery), (recovery.Level, recovery.Scope, recovery.Origin));
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
    public void An_approval_needs_a_code_that_was_never_used()
    {
        var options = new KillSwitchOptions();
        var bob = _bob with { CodeSecret = "sealed" };
        string RefusedWith(string? code, Guid reset, DateTimeOffset at) => Assert.IsType<KillSwitchReply.Rejected>(Approve(new Approval(bob, code, Secret), reset, options, at)).Code;
        var first = Request(_alice);
        var code = OneTimeCode.Compute(Secret, OneTimeCode.StepAt(Now));
        Assert.Equal("no-code-enrolled", Assert.IsType<KillSwitchReply.Rejected>(Approve(new Approval(_bob, code, null), first.ResetId, options)).Code);
        Assert.Equal("code-missing", RefusedWith(null, first.ResetId, Now));
        Assert.Equal("wrong-code", RefusedWith("000000", first.ResetId, Now));
        Assert.Equal("wrong-code", RefusedWith(code, first.ResetId, Now.AddMinutes(2)));
        Assert.IsType<KillSwitchReply.Reset>(Approve(new Approval(bob, code, Secret), first.ResetId, options));

        // The recovery, asked for at once: the code is used up, and so is every one before it.
        var recovery = _state.Trips.Values.Single();
        var second = Assert.IsType<KillSwitchReply.ResetWaiting>(Decide(_alice, [recovery.TripId])).Request;
        Assert.Equal("wrong-code", RefusedWith(code, second.ResetId, Now));
        Assert.Equal("wrong-code", RefusedWith(OneTimeCode.Compute(Secret, OneTimeCode.StepAt(Now) - 1), second.ResetId, Now));
        Assert.IsType<KillSwitchReply.Reset>(Approve(new Approval(bob, OneTimeCode.Compute(Secret, OneTimeCode.StepAt(Now) + 1), Secret), second.ResetId, options));
    }

    [Fact]
    public void Guessing_codes_is_stopped_for_a_while()
    {
        var options = new KillSwitchOptions();
        var bob = _bob with { CodeSecret = "sealed" };
        var reset = Request(_alice);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("wrong-code", Assert.IsType<KillSwitchReply.Rejected>(Approve(new Approval(bob, "12345" + i, Secret), reset.ResetId, options)).Code);
        }

        var right = OneTimeCode.Compute(Secret, OneTimeCode.StepAt(Now));
        Assert.Equal("too-many-codes", Assert.IsType<KillSwitchReply.Rejected>(Approve(new Approval(bob, right, Secret), reset.ResetId, options)).Code);
        var later = Now.AddMinutes(16);
        Assert.IsType<KillSwitchReply.Reset>(Approve(new Approval(bob, OneTimeCode.Compute(Secret, OneTimeCode.StepAt(later)), Secret), reset.ResetId, options, later));
    }

    [Fact]
    public void An_open_checklist_stops_the_approval_and_costs_no_code()
    {
        var options = new KillSwitchOptions();
        var bob = _bob with { CodeSecret = "sealed" };
        var reset = Request(_alice);
        var approval = new Approval(bob, OneTimeCode.Compute(Secret, OneTimeCode.StepAt(Now)), Secret);
        Assert.Equal("checklist-open", Assert.IsType<KillSwitchReply.Rejected>(Approve(approval, reset.ResetId, options, null, new ResetCheck("x", "x", CheckState.Open, "x"))).Code);
        Assert.IsType<KillSwitchReply.Reset>(Approve(approval, reset.ResetId, options, null, new ResetCheck("x", "x", CheckState.Signed, "x")));
    }

    [Fact]
    public void What_is_open_can_be_signed_and_what_has_failed_or_is_verified_cannot()
    {
        var reset = Request(_alice);
        ResetCheck[] checks = [new("a", "a", CheckState.Open, "x"), new("b", "b", CheckState.Failed, "x"), new("c", "c", CheckState.Verified, "x")];
        string SignedAs(Principal by, string item, string statement)
        {
            var (events, reply) = KillSwitchDecider.Sign(_state, new(by, reset.ResetId, item, statement), checks, Now);
            Apply(events);
            return reply is KillSwitchReply.Rejected rejected ? rejected.Code : "signed";
        }

        Assert.Equal(("signed", "not-signable", "not-signable", "unknown-item"), (SignedAs(_bob, "a", "looked"), SignedAs(_bob, "b", "looked"), SignedAs(_bob, "c", "looked"), SignedAs(_bob, "d", "looked")));
        Assert.Equal(("missing-reason", "forbidden"), (SignedAs(_bob, "a", " "), SignedAs(Trips.Person("eve", Role.Auditor), "a", "looked")));
        Assert.Equal("bob", Assert.Single(_state.Resets[reset.ResetId].Signatures!).Person);
    }

    [Fact]
    public void A_reset_of_a_scope_on_its_way_back_starts_the_way_anew()
    {
        Approve(_bob, Request(_alice).ResetId);
        var second = Trips.Of("strategy/a", TradingState.Killed, "file");
        Apply([new KillSwitchEvent.Tripped(second)]);
        var reset = Assert.IsType<KillSwitchReply.ResetWaiting>(Decide(_alice, [second.TripId])).Request;
        Approve(_bob, reset.ResetId);
        var recovery = Assert.Single(_state.Trips.Values);
        Assert.Equal((TripOrigin.Recovery, 0), (recovery.Origin, recovery.RecoveryStep));
    }

    [Fact]
    public void A_denied_approval_is_on_record()
    {
        var reset = Request(_alice);
        Assert.IsType<KillSwitchEvent.ApprovalDenied>(Assert.Single(KillSwitchDecider.ApproveReset(_state, new(new Approval(_alice, null, null), reset.ResetId), [], Options, Guid.NewGuid, "n", Now).Events));
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
        return Approve(new Approval(by, null, null), reset, Options, at);
    }

    private KillSwitchReply Approve(Approval approval, Guid reset, KillSwitchOptions options, DateTimeOffset? at = null, params IReadOnlyList<ResetCheck> checks)
    {
        var (events, reply) = KillSwitchDecider.ApproveReset(_state, new(approval, reset), checks, options, Guid.NewGuid, "n", at ?? Now);
        Apply(events);
        return reply;
    }

    private string Refused(Principal by, Guid reset, DateTimeOffset? at = null) => Assert.IsType<KillSwitchReply.Rejected>(Approve(by, reset, at)).Code;

    private void Apply(IEnumerable<KillSwitchEvent> events) => _state = events.Aggregate(_state, KillSwitchState.Apply);
}
