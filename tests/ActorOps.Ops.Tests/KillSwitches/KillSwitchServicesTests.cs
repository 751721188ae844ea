using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.KillSwitches;

public sealed class KillSwitchServicesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _cleared = [];
    private readonly KillSwitchServices _services;

    public KillSwitchServicesTests()
    {
        var (latch, _) = TripLatch.Open(_directory.File("l"), true, NullLogger.Instance);
        _services = new KillSwitchServices(new KillSwitchBoard(), latch, new KillSwitchOptions(), "n", NullLogger.Instance) { Cleared = causes => _cleared.AddRange(causes.Select(cause => cause.Source)) };
    }

    public void Dispose()
    {
        _services.Latch.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_peers_trip_is_latched_here_and_stands_however_often_it_is_told()
    {
        var trip = Trips.Of("firm");
        Assert.True(await _services.AcceptAsync(trip));
        Assert.True(await _services.AcceptAsync(trip));
        Assert.Single(_services.Board.Current.Trips);
        _services.Latch.Dispose();
        Assert.Equal(trip.TripId, Assert.Single(TripLatch.Open(_directory.File("l"), false, NullLogger.Instance).Content.Trips).TripId);
    }

    [Fact]
    public async Task Trips_and_decisions_merge_to_the_same_whichever_comes_first()
    {
        var (cleared, standing) = (Trips.Of("firm"), Trips.Of("strategy/s"));
        var decision = new KillSwitchEvent.ResetApproved(Guid.NewGuid(), [cleared.TripId], [], "p", "p", DateTimeOffset.UnixEpoch);
        _services.Decisions.Advance(KillSwitchState.Apply(new KillSwitchState(), decision), 1);
        _services.Trips.Advance(KillSwitchState.Apply(KillSwitchState.Apply(new KillSwitchState(), new KillSwitchEvent.Tripped(cleared)), new KillSwitchEvent.Tripped(standing)), 2);
        Assert.Equal(standing.TripId, Assert.Single(_services.Board.Current.Trips).TripId);
        Assert.Empty(_cleared);

        // A peer that has not heard of the clear yet tells of a trip that is over.
        Assert.True(await _services.AcceptAsync(cleared));
        Assert.Single(_services.Board.Current.Trips);
    }

    [Fact]
    public void A_clear_frees_exactly_what_it_names_and_its_rules_are_told()
    {
        var (first, second) = (Trips.Of("firm", source: "first"), Trips.Of("firm", source: "second"));
        _ = _services.AcceptAsync(first);
        _ = _services.AcceptAsync(second);
        var decision = new KillSwitchEvent.ResetApproved(Guid.NewGuid(), [first.TripId], [], "p", "p", DateTimeOffset.UnixEpoch);
        _services.Decisions.Advance(KillSwitchState.Apply(new KillSwitchState(), decision), 1);
        Assert.Equal(["first"], _cleared);
        Assert.Equal(second.TripId, Assert.Single(_services.Board.Current.Trips).TripId);
    }

    [Fact]
    public void A_store_that_lost_the_clear_makes_the_trip_stand_again()
    {
        var trip = Trips.Of("firm");
        _ = _services.AcceptAsync(trip);
        var decision = new KillSwitchEvent.ResetApproved(Guid.NewGuid(), [trip.TripId], [], "p", "p", DateTimeOffset.UnixEpoch);
        _services.Decisions.Advance(KillSwitchState.Apply(new KillSwitchState(), decision), 1);
        Assert.Empty(_services.Board.Current.Trips);
        _services.Board.Reload([trip], []);
        Assert.Equal(TradingState.Killed, _services.Board.Current.Of(Scope.Firm).Level);
    }
}
