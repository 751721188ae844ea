using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Resets;

public class RecoveryLadderTests
{
    private static readonly KillSwitchOptions Options = new() { RecoveryHold = TimeSpan.FromMinutes(15), RecoveryStep = TimeSpan.FromHours(8), RecoverySizes = [0.1, 0.25, 0.5] };
    private readonly FakeFacts _facts = new();
    private DateTimeOffset _now = Trips.Now;
    private KillSwitchState _state = new();

    public RecoveryLadderTests()
    {
        var trip = Trips.Of("strategy/a");
        var request = new ResetRequest(Guid.NewGuid(), [trip.TripId], "r", "c", null, "alice", "Alice", _now, _now.AddHours(4));
        var first = RecoveryLadder.First(trip.Scope, ResetChecklist.IgnoredBy([trip], new()), request, Trips.Person("bob"), Guid.NewGuid(), "n", _now);
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.ResetApproved(request.ResetId, [trip.TripId], [first], "bob", "Bob", _now));
    }

    [Fact]
    public void A_healthy_scope_goes_back_by_a_tenth_a_quarter_and_a_half_within_a_day()
    {
        var seen = new List<string>();
        for (var minute = 0; minute < 25 * 60 && _state.Trips.Count > 0; minute++)
        {
            Tick();
            var step = Stand() is { } standing ? $"{standing.Level} {standing.SizeFactor}" : "over";
            if (seen.LastOrDefault() != step)
            {
                seen.Add(step);
            }

            _now = _now.AddMinutes(1);
        }

        Assert.Equal(["ReduceOnly ", "Active 0.1", "Active 0.25", "Active 0.5", "over"], seen);
        Assert.InRange((_now - Trips.Now).TotalHours, 24, 24.5);
    }

    [Fact]
    public void Anything_critical_goes_back_to_the_first_step()
    {
        Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(1, Stand()!.RecoveryStep);
        _facts.Health = ScopeHealth.Bad("drawdown");
        Tick();
        Assert.Equal((0, TradingState.ReduceOnly, null), (Stand()!.RecoveryStep, Stand()!.Level, Stand()!.SizeFactor));
        _facts.Health = ScopeHealth.Good("well");
        Tick();
        Assert.Equal(0, Stand()!.RecoveryStep);
        Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(1, Stand()!.RecoveryStep);
    }

    [Fact]
    public void A_trip_in_the_scope_or_of_the_firm_goes_back_too()
    {
        Pass(TimeSpan.FromMinutes(15));
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.Tripped(Trips.Of("firm")));
        Tick();
        Assert.Equal(0, Stand()!.RecoveryStep);
    }

    [Fact]
    public void An_unknown_waits_where_it_stands()
    {
        _facts.Health = ScopeHealth.Unknown("silent");
        Pass(TimeSpan.FromHours(1));
        Assert.Equal(0, Stand()!.RecoveryStep);
        _facts.Health = ScopeHealth.Good("well");
        _facts.Problem = "no report from node-2";
        Tick();
        Assert.Equal(0, Stand()!.RecoveryStep);
        _facts.Problem = null;
        Tick();
        Assert.Equal(1, Stand()!.RecoveryStep);
        _facts.Health = ScopeHealth.Unknown("silent");
        Pass(TimeSpan.FromHours(9));
        Assert.Equal(1, Stand()!.RecoveryStep);
    }

    private Trip? Stand() => _state.Trips.Values.SingleOrDefault(trip => trip.Origin == TripOrigin.Recovery);

    private void Pass(TimeSpan time)
    {
        _now += time;
        Tick();
    }

    private void Tick()
    {
        foreach (var e in RecoveryLadder.Decide(_state, _facts, Options, Guid.NewGuid, _now))
        {
            _state = KillSwitchState.Apply(_state, e);
        }
    }
}
