using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

public class RaisedAgainQueueTests
{
    private static readonly DateTimeOffset Now = Trips.Now;
    private static readonly Guid Trip = Guid.CreateVersion7(Now);
    private readonly RaisedAgainQueue _queue = new();

    [Fact]
    public void The_first_goes_at_once_and_what_follows_within_a_second_is_joined()
    {
        _queue.Add(Again("api:p", 0));
        Assert.Null(Assert.Single(_queue.Due(Now)).Times);
        _queue.Stored(Trip, Now);
        for (var i = 1; i <= 500; i++)
        {
            _queue.Add(Again("api:p", i));
        }

        Assert.Empty(_queue.Due(Now.AddMilliseconds(999)));
        var joined = Assert.Single(_queue.Due(Now.AddSeconds(1)));
        Assert.Equal((500, Now.AddMilliseconds(500)), (joined.Times, joined.At));
    }

    [Fact]
    public void A_flood_of_names_is_a_few_records_a_second()
    {
        for (var i = 0; i < 5000; i++)
        {
            _queue.Add(Again($"alert:{i}", i));
        }

        Assert.InRange(_queue.Due(Now.AddSeconds(9)).Count, 1, TripCauses.Most + 1);
    }

    [Fact]
    public void What_is_not_stored_waits_and_a_trip_that_is_quiet_is_let_go()
    {
        _queue.Add(Again("api:p", 0));
        Assert.Single(_queue.Due(Now));
        _queue.Forget(Now.AddMinutes(1));
        Assert.Single(_queue.Due(Now.AddMinutes(1)));
        _queue.Stored(Trip, Now.AddMinutes(1));
        Assert.True(_queue.IsEmpty);
        _queue.Forget(Now.AddMinutes(2));
        _queue.Add(Again("api:p", 0));
        Assert.Single(_queue.Due(Now));
    }

    private static KillSwitchEvent.RaisedAgain Again(string source, int ms) => new(Trip, "p", "p", "r", null, Now.AddMilliseconds(ms)) { Origin = TripOrigin.Person, Source = source };
}
