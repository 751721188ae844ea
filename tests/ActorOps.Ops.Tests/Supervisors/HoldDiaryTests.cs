using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Supervisors;

public class HoldDiaryTests
{
    private readonly HoldDiary _diary = new();

    [Fact]
    public void A_hold_is_recorded_when_it_begins_and_when_it_ends_with_scope_cause_reason_and_dates()
    {
        var held = Held(TradingState.ReduceOnly, Trips.Now);
        Assert.Equal([("strategy/a", new SupervisionEvent.HoldBegan("strategy/a", "strategy/a", "REDUCE_ONLY", "no pnl for 34 s", Trips.Now))], _diary.Compare([held], Trips.Now.AddSeconds(1)));
        Assert.Empty(_diary.Compare([held], Trips.Now.AddSeconds(60)));
        Assert.Equal([("strategy/a", new SupervisionEvent.HoldEnded("strategy/a", "strategy/a", "REDUCE_ONLY", Trips.Now, Trips.Now.AddSeconds(90)))], _diary.Compare([], Trips.Now.AddSeconds(90)));
    }

    [Fact]
    public void One_that_was_taken_over_from_another_node_does_not_begin_again() => Assert.Empty(_diary.Compare([Held(TradingState.ReduceOnly, Trips.Now.AddMinutes(-5))], Trips.Now));

    [Fact]
    public void Another_level_is_another_beginning()
    {
        _diary.Compare([Held(TradingState.ReduceOnly, Trips.Now)], Trips.Now);
        var (_, e) = Assert.Single(_diary.Compare([Held(TradingState.CancelOnly, Trips.Now.AddSeconds(9))], Trips.Now.AddSeconds(9)));
        Assert.Equal("CANCEL_ONLY", Assert.IsType<SupervisionEvent.HoldBegan>(e).Level);
    }

    [Fact]
    public void What_every_node_sees_for_itself_is_not_recorded_by_each() => Assert.Empty(_diary.Compare([Held(TradingState.ReduceOnly, Trips.Now) with { Cause = SupervisionWatch.CausePrefix + "strategy/a" }], Trips.Now));

    private static HeldScope Held(TradingState level, DateTimeOffset since) => new(Scope.Strategy("a"), "strategy/a", level) { Since = since, Why = "no pnl for 34 s" };
}
