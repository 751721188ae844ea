using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.KillSwitches;

public class TripTextTests
{
    [Fact]
    public void A_size_cap_is_called_a_cap_and_never_by_its_level()
    {
        var half = Trips.Of("strategy/a", TradingState.Active, "recovery") with { SizeFactor = 0.5 };
        Assert.Equal("SIZE CAP 50 %", TripText.Word(half));
        Assert.StartsWith("SIZE CAP 50 % of the normal size strategy/a by ", TripText.Line(half), StringComparison.Ordinal);
        Assert.DoesNotContain("ACTIVE", TripText.Line(half), StringComparison.Ordinal);
        Assert.Equal("SIZE CAP 0.5 % of AUM a position", TripText.Effect(half with { SizeFactor = null, MaxPositionFraction = 0.005 }));
    }

    [Fact]
    public void A_trip_says_its_level_scope_source_and_reason()
    {
        var trip = Trips.Of("firm", TradingState.Killed, "cli") with { Reason = "fat finger" };
        Assert.Equal("KILLED", TripText.Word(trip));
        Assert.Equal($"TRIP KILLED firm by {trip.Principal} (cli): fat finger ({trip.TripId})", TripText.Line(trip));
    }
}
