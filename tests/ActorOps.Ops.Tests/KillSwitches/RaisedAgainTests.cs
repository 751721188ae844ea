using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

/// <summary>A trip is asked for again while its reset is approved: the two are written by different nodes into different streams.</summary>
public class RaisedAgainTests
{
    private static readonly DateTimeOffset Now = Trips.Now;
    private readonly Trip _trip = Trips.Of("strategy/a");
    private KillSwitchState _trips = new();
    private KillSwitchState _decisions = new();

    public RaisedAgainTests() => _trips = KillSwitchState.Apply(_trips, new KillSwitchEvent.Tripped(_trip));

    private KillSwitchState Known => KillSwitchState.Merge(_decisions, _trips);

    [Fact]
    public void What_was_asked_for_again_after_the_request_stands_under_a_new_id_whichever_is_seen_first()
    {
        Again(_trip.TripId, 1);
        Reset(0, _trip.TripId);
        var successor = Assert.Single(Known.Trips.Values);
        Assert.NotEqual(_trip.TripId, successor.TripId);
        Assert.Equal((_trip.Scope, _trip.Level, _trip.Source), (successor.Scope, successor.Level, successor.Source));
        Assert.Contains(_trip.TripId, Known.Cleared);
        Assert.Equal(7, successor.TripId.Version);

        // And later, from a node that has not heard of the reset yet: the same one.
        Again(_trip.TripId, 60);
        Assert.Equal(successor.TripId, Assert.Single(Known.Trips.Values).TripId);
    }

    [Fact]
    public void What_was_asked_for_again_before_the_request_is_covered_by_it()
    {
        Again(_trip.TripId, -1);
        Reset(0, _trip.TripId);
        Assert.Empty(Known.Trips);
    }

    [Fact]
    public void The_one_that_stands_in_its_place_is_reset_like_any_other_and_may_be_asked_for_again_too()
    {
        Again(_trip.TripId, 1);
        Reset(0, _trip.TripId);
        var second = Assert.Single(Known.Trips.Values).TripId;
        Reset(10, second);
        Assert.Empty(Known.Trips);
        Again(second, 11);
        var third = Assert.Single(Known.Trips.Values).TripId;
        Assert.DoesNotContain(third, (Guid[])[_trip.TripId, second]);
        Reset(20, third);
        Assert.Empty(Known.Trips);
    }

    private void Again(Guid trip, int seconds) => _trips = KillSwitchState.Apply(_trips, new KillSwitchEvent.RaisedAgain(trip, "p", "p", "again", null, Now.AddSeconds(seconds)));

    private void Reset(int seconds, Guid trip)
    {
        var request = new ResetRequest(Guid.NewGuid(), [trip], "r", "c", null, "alice", "Alice", Now.AddSeconds(seconds), Now.AddHours(4));
        _decisions = KillSwitchState.Apply(_decisions, new KillSwitchEvent.ResetRequested(request));
        _decisions = KillSwitchState.Apply(_decisions, new KillSwitchEvent.ResetApproved(request.ResetId, [trip], [], "bob", "Bob", Now.AddSeconds(seconds + 2)));
    }
}
