using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Gates;

public class DeskStatesTests
{
    private readonly KillSwitchBoard _board = new();
    private readonly DeskStates _states = new(OpsHarness.Desk, ["strategy/s", "strategy/other", "symbol/X"]);

    [Fact]
    public void A_desk_is_told_of_its_own_scopes_and_of_every_symbol()
    {
        _board.Add(Trips.Of("strategy/s"));
        _board.Add(Trips.Of("strategy/other"));
        _board.Add(Trips.Of("symbol/Y", TradingState.ReduceOnly));
        _board.Hold(Scope.Broker("b"), "why", TradingState.CancelOnly);
        var states = _states.Of(_board.Current);
        Assert.Equal(["broker/b CANCEL_ONLY", "strategy/s KILLED", "symbol/Y REDUCE_ONLY"], states.States.Select(state => $"{state.Scope} {state.Level}").Order());
        Assert.Equal(["strategy/s", "symbol/Y"], states.Standing.Select(trip => trip.Scope).Order());
        Assert.Equal("strategy/s", Assert.Single(states.Kills).Scope.ToString());
        Assert.Equal(["strategy/s", "symbol/X"], states.HaltOnIsolation);
    }

    [Fact]
    public void What_does_not_concern_it_changes_nothing_for_it()
    {
        _board.Add(Trips.Of("strategy/s"));
        var before = _states.Of(_board.Current);
        _board.Add(Trips.Of("strategy/other"));
        _board.Hold(Scope.Strategy("other"), "why", TradingState.ReduceOnly);
        Assert.Same(before, _states.Of(_board.Current));
        _board.Add(Trips.Of("strategy/s", source: "again"));
        Assert.False(before.SaysTheSame(_states.Of(_board.Current)));
    }

    [Fact]
    public void A_cap_that_changes_is_a_change()
    {
        _board.Add(Trips.Of("strategy/s", TradingState.Active) with { SizeFactor = 0.1 });
        var before = _states.Of(_board.Current);
        Assert.Equal(0.1, Assert.Single(before.SizeCaps).SizeFactor);
        var other = new KillSwitchBoard();
        other.Add(_board.Current.Trips.Single() with { SizeFactor = 0.25 });
        Assert.False(before.SaysTheSame(_states.Of(other.Current)));
    }

    [Fact]
    public void A_desk_that_nobody_knows_is_told_of_the_firm()
    {
        _board.Add(Trips.Of("firm"));
        _board.Add(Trips.Of("strategy/s"));
        Assert.Equal("firm", Assert.Single(new DeskStates(null, []).Of(_board.Current).States).Scope);
    }
}
