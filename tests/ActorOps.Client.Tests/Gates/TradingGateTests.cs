using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Tests.Gates;

public class TradingGateTests
{
    private static readonly DeskTargets Targets = new("eu", "USD", 1_000_000)
    {
        Accounts = [new AccountTarget("a", "b", 1_000_000)],
        Strategies = [new StrategyTarget("s", "a", "f", 100_000)],
    };

    private readonly TradingGate _gate = new();
    private long _version;

    public TradingGateTests() => _gate.SetTargets(Targets);

    [Fact]
    public void Without_a_permit_a_scope_that_halts_lets_nothing_leave_and_remembers_that()
    {
        var gate = new TradingGate();
        gate.SetTargets(Halting);
        gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, 0, 0, 1) { HaltOnIsolation = ["strategy/h"] });
        Assert.Equal(GateDecision.DeniedNoPermit, gate.Check(new OrderIntent(gate.Route("h", "X"), -5, 10, 0, 100)));
        Assert.Equal(GateDecision.Allowed, gate.Check(new OrderIntent(gate.Route("r", "X"), -5, 10, 0, 100)));
        var restarted = new TradingGate(haltOnIsolation: gate.HaltOnIsolation);
        restarted.SetTargets(Halting);
        Assert.Equal(GateDecision.DeniedNoPermit, restarted.Check(new OrderIntent(restarted.Route("h", "X"), -5, 10, 0, 100)));
        Assert.True(restarted.Route("h", "X").HaltsOnIsolation);
    }

    private static DeskTargets Halting { get; } = new("eu", "USD", 1) { Accounts = [new AccountTarget("a", "b", 1)], Strategies = [new StrategyTarget("h", "a", "f", 1), new StrategyTarget("r", "a", "f", 1)] };

    [Fact]
    public void Another_nodes_numbers_start_again_and_what_was_known_of_trips_stays()
    {
        var trip = Guid.NewGuid();
        _gate.Apply(Permit() with { Incarnation = 9, Version = 900, Standing = [new StandingTrip(trip, "firm", "KILLED")] });
        _gate.BeginSession();
        _gate.Apply(Permit() with { Incarnation = 1, Version = 2 });
        Assert.Contains(_gate.Trips, known => known.TripId == trip);
        _gate.Apply(Permit() with { Incarnation = 1, Version = 3, Cleared = [trip] });
        Assert.Empty(_gate.Trips);
    }

    [Fact]
    public void Without_a_permit_only_reductions_pass()
    {
        Assert.Equal(GateDecision.DeniedNoPermit, Check(10, 0));
        Assert.Equal(GateDecision.DeniedNoPermit, Check(10, 50));
        Assert.Equal(GateDecision.Allowed, Check(-10, 50));
        Assert.Equal(GateDecision.DeniedNoPermit, Check(-60, 50));
    }

    [Fact]
    public void A_gate_that_does_not_know_its_position_lets_nothing_through_without_a_permit()
    {
        var gate = new TradingGate(knowsPosition: false);
        gate.SetTargets(Targets);
        Assert.Equal(GateDecision.DeniedNoPermit, gate.Check(new OrderIntent(gate.Route("s", "X"), -10, 50, 0, 1)));
    }

    [Fact]
    public void A_live_permit_opens_and_one_anchored_in_the_past_does_not()
    {
        Assert.False(_gate.Apply(Permit(echo: BootClock.Now() - 60_000_000_000)));
        Assert.Equal(GateDecision.DeniedNoPermit, Check(10, 0));
        Assert.True(_gate.Apply(Permit()));
        Assert.Equal(GateDecision.Allowed, Check(10, 0));
    }

    [Theory]
    [InlineData(600_000_000_000)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(-1_000_000_000)]
    public void A_permit_for_an_echo_that_was_never_sent_opens_nothing(long off)
    {
        var echo = _gate.NextEcho();
        Assert.False(_gate.Apply(Permit(echo + off)));
        Assert.Equal((0, GateDecision.DeniedNoPermit), (_gate.Deadline, Check(10, 0)));
        Assert.True(_gate.Apply(Permit(echo)));
    }

    [Theory]
    [InlineData(3001)]
    [InlineData(3_600_000)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_permit_whose_life_is_not_within_three_seconds_is_refused(int validForMs)
    {
        Assert.False(_gate.Apply(Permit() with { ValidForMs = validForMs }));
        Assert.Equal((0, GateDecision.DeniedNoPermit), (_gate.Deadline, Check(10, 0)));
    }

    [Fact]
    public void No_permit_ends_later_than_three_seconds_after_its_echo()
    {
        var echo = _gate.NextEcho();
        _gate.Apply(Permit(echo));
        Assert.Equal(echo + 3_000_000_000, _gate.Deadline);
    }

    [Fact]
    public void An_echo_of_an_earlier_session_opens_nothing_in_this_one()
    {
        var echo = _gate.NextEcho();
        _gate.BeginSession();
        Assert.False(_gate.Apply(Permit(echo)));
        Assert.True(_gate.HasSent(echo), "an order that came with it before may still wait");
        Assert.True(_gate.Apply(Permit()));
    }

    [Fact]
    public void What_answers_no_own_echo_closes_and_never_opens()
    {
        var trip = new StandingTrip(Guid.NewGuid(), "strategy/s", "KILLED");
        _gate.Apply(Permit() with { Standing = [trip], States = [new ScopeView("firm", "REDUCE_ONLY", "hold")], SizeCaps = [new SizeCap("firm", 0.001, 0.1)] });
        Assert.False(_gate.Apply(Permit(echo: 1) with { Cleared = [trip.TripId], Version = long.MaxValue, Epoch = long.MaxValue }));
        Assert.Single(_gate.Trips);
        Assert.Equal((GateDecision.DeniedKilled, 0.1, 1), (Check(-10, 50), _gate.Route("s", "X").SizeFactor, _gate.Epoch));

        var other = new StandingTrip(Guid.NewGuid(), "firm", "CANCEL_ONLY");
        _gate.Apply(Permit(echo: 1) with { Standing = [other], States = [new ScopeView("region/eu", "KILLED", "x")] });
        Assert.Equal(2, _gate.Trips.Count);

        Assert.True(_gate.Apply(Permit() with { Cleared = [trip.TripId, other.TripId] }), "a version that was not believed makes the gate deaf to none that is");
        Assert.Equal(GateDecision.Allowed, Check(10, 0));
    }

    [Fact]
    public void Another_life_of_the_node_in_the_same_session_changes_nothing()
    {
        _gate.Apply(Permit());
        Assert.False(_gate.Apply(Permit() with { Incarnation = long.MaxValue, Version = long.MaxValue, States = [new ScopeView("firm", "KILLED", "x")] }));
        Assert.Equal(GateDecision.Allowed, Check(10, 0));
        Assert.True(_gate.Apply(Permit()));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1e300)]
    public void A_size_cap_that_is_not_a_share_lets_nothing_through(double share)
    {
        _gate.Apply(Permit() with { SizeCaps = [new SizeCap("firm", share, share)] });
        Assert.Equal((GateDecision.DeniedSizeCap, 0), (Check(1, 0), _gate.Route("s", "X").SizeFactor));
    }

    [Theory]
    [InlineData("firm")]
    [InlineData("region/eu")]
    [InlineData("broker/b")]
    [InlineData("account/a")]
    [InlineData("strategy/s")]
    [InlineData("symbol/X")]
    public void Each_containing_scope_counts(string scope)
    {
        _gate.Apply(Permit() with { States = [new ScopeView(scope, "KILLED", "trip:x")] });
        Assert.Equal(GateDecision.DeniedKilled, Check(-10, 50));
        _gate.Apply(Permit() with { States = [new ScopeView(scope, "CANCEL_ONLY", "hold:x")] });
        Assert.Equal(GateDecision.DeniedCancelOnly, Check(-10, 50));
        _gate.Apply(Permit() with { States = [new ScopeView("strategy/other", "KILLED", "trip:x")] });
        Assert.Equal(GateDecision.Allowed, Check(10, 0));
    }

    [Theory]
    [InlineData(-50, 100, 0, true)]
    [InlineData(-100, 100, 0, true)]
    [InlineData(-101, 100, 0, false)]
    [InlineData(-60, 100, -50, false)]
    [InlineData(10, 100, 0, false)]
    [InlineData(10, 0, 0, false)]
    [InlineData(50, -100, 0, true)]
    [InlineData(150, -100, 0, false)]
    [InlineData(10, double.NaN, 0, false)]
    public void Reduce_only_admits_what_makes_the_position_smaller_without_crossing_zero(double quantity, double position, double open, bool allowed)
    {
        _gate.Apply(Permit() with { States = [new ScopeView("firm", "REDUCE_ONLY", "hold:x")] });
        Assert.Equal(allowed ? GateDecision.Allowed : GateDecision.DeniedReduceOnly, Check(quantity, position, open));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_quantity_that_is_none_is_denied(double quantity)
    {
        _gate.Apply(Permit());
        Assert.Equal(GateDecision.DeniedInvalid, Check(quantity, 0));
    }

    [Fact]
    public void A_strategy_that_the_registry_does_not_know_may_send_nothing()
    {
        _gate.Apply(Permit());
        Assert.Equal(GateDecision.DeniedCancelOnly, _gate.Check(new OrderIntent(_gate.Route("ghost", "X"), -1, 5, 0, 1)));
    }

    [Fact]
    public void A_trip_once_heard_stands_until_its_id_is_named_as_cleared()
    {
        var trip = new StandingTrip(Guid.NewGuid(), "strategy/s", "KILLED");
        _gate.Apply(Permit() with { Standing = [trip], States = [new ScopeView("strategy/s", "KILLED", "trip")] });
        _gate.Apply(Permit());
        Assert.Equal(GateDecision.DeniedKilled, Check(-10, 50));
        _gate.BeginSession();
        _gate.Apply(Permit() with { Incarnation = 9 });
        Assert.Equal(GateDecision.DeniedKilled, Check(-10, 50));
        _gate.Apply(Permit() with { Incarnation = 9, Cleared = [trip.TripId] });
        Assert.Equal(GateDecision.Allowed, Check(10, 0));
    }

    [Fact]
    public void A_remembered_trip_stands_from_the_start()
    {
        var gate = new TradingGate([new StandingTrip(Guid.NewGuid(), "firm", "KILLED")]);
        gate.SetTargets(Targets);
        gate.Apply(Permit() with { Echo = gate.NextEcho() });
        Assert.Equal(GateDecision.DeniedKilled, gate.Check(new OrderIntent(gate.Route("s", "X"), 1, 0, 0, 1)));
    }

    [Fact]
    public void An_older_state_never_undoes_a_newer_one_and_brings_no_permit()
    {
        _gate.Apply(new PermitMessage(Guid.NewGuid(), 5, 1, _gate.NextEcho(), 0, 10) { States = [new ScopeView("firm", "KILLED", "trip")] });
        _gate.Apply(new PermitMessage(Guid.NewGuid(), 5, 1, _gate.NextEcho(), 3000, 9));
        _gate.Apply(new PermitMessage(Guid.NewGuid(), 4, 1, _gate.NextEcho(), 3000, 99));
        Assert.Equal(GateDecision.DeniedKilled, Check(1, 0));
        Assert.False(_gate.HasPermit);
    }

    [Fact]
    public void A_level_of_a_later_version_counts_as_killed()
    {
        _gate.Apply(Permit() with { States = [new ScopeView("firm", "HALF_OPEN", "new")] });
        Assert.Equal(GateDecision.DeniedKilled, Check(-10, 50));
    }

    [Fact]
    public void A_size_cap_bounds_the_position_in_money_and_lets_reductions_pass()
    {
        _gate.Apply(Permit() with { SizeCaps = [new SizeCap("strategy/s", 0.005, null)] });
        Assert.Equal(GateDecision.Allowed, Check(5, 0, price: 100));
        Assert.Equal(GateDecision.DeniedSizeCap, Check(6, 0, price: 100));
        Assert.Equal(GateDecision.DeniedSizeCap, Check(1, 0, price: 0));
        Assert.Equal(GateDecision.Allowed, Check(-6, 20, price: 100));
    }

    [Fact]
    public void Checking_allocates_nothing()
    {
        _gate.Apply(Permit());
        var intent = new OrderIntent(_gate.Route("s", "X"), 1, 0, 0, 1);
        _gate.Check(intent);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            _gate.Check(intent);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private PermitMessage Permit(long? echo = null) => new(Guid.NewGuid(), 1, 1, echo ?? _gate.NextEcho(), 3000, ++_version);

    private GateDecision Check(double quantity, double position, double open = 0, double price = 1) =>
        _gate.Check(new OrderIntent(_gate.Route("s", "X"), quantity, position, open, price));
}
