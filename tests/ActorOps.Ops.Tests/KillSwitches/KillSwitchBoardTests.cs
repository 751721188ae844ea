using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public class KillSwitchBoardTests
{
    private readonly KillSwitchBoard _board = new();

    [Fact]
    public void An_orders_state_is_the_highest_over_all_its_scopes()
    {
        _board.Add(Trips.Of("strategy/a", TradingState.ReduceOnly));
        _board.Hold(Scope.Broker("b"), "why", TradingState.CancelOnly);
        Assert.Equal(TradingState.Active, _board.Current.Over(Scope.Strategy("x")).Level);
        Assert.Equal(TradingState.CancelOnly, _board.Current.Over(Scope.Strategy("a"), Scope.Broker("b")).Level);
        _board.Add(Trips.Of("firm"));
        Assert.Equal(TradingState.Killed, _board.Current.Over(Scope.Strategy("x")).Level);
    }

    [Fact]
    public void Lifting_a_hold_leaves_trips_and_other_holds()
    {
        _board.Add(Trips.Of("strategy/a", TradingState.ReduceOnly));
        _board.Hold(Scope.Strategy("a"), "one", TradingState.CancelOnly);
        _board.Hold(Scope.Strategy("a"), "two", TradingState.ReduceOnly);
        _board.Lift(Scope.Strategy("a"), "one");
        Assert.Equal(TradingState.ReduceOnly, _board.Current.Of(Scope.Strategy("a")).Level);
        Assert.Single(_board.Current.Trips);
    }

    [Fact]
    public void A_cleared_trip_cannot_be_added_again()
    {
        var trip = Trips.Of("firm");
        _board.Clear([trip.TripId], []);
        Assert.False(_board.Add(trip));
        Assert.Equal(TradingState.Active, _board.Current.Of(Scope.Firm).Level);
    }

    [Fact]
    public void Merging_another_memory_is_one_change_and_gives_what_was_new()
    {
        var (known, cleared, added) = (Trips.Of("firm"), Trips.Of("strategy/a"), Trips.Of("strategy/b"));
        _board.Add(known);
        _board.Add(cleared);
        Assert.Equal([added], _board.Merge([known, cleared, added], [cleared.TripId]));
        Assert.Equal(3, _board.Current.Version);
        Assert.Equal([known, added], _board.Current.Trips.OrderBy(trip => trip.Scope.ToString()));
    }

    [Fact]
    public void Each_change_raises_the_version_and_is_told_and_no_change_is_not()
    {
        var told = 0;
        _board.Changed += () => told++;
        var trip = Trips.Of("firm");
        _board.Add(trip);
        _board.Add(trip);
        _board.Hold(Scope.Firm, "x", TradingState.ReduceOnly);
        _board.Hold(Scope.Firm, "x", TradingState.ReduceOnly);
        Assert.Equal((2, 2L), (told, _board.Current.Version));
    }
}
