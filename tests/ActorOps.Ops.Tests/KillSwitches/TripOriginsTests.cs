using System.Text.Json;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Tests.KillSwitches;

public class TripOriginsTests
{
    [Theory]
    [InlineData("recovery", "reset:1", "bob", TripOrigin.Recovery)]
    [InlineData("recovery", null, "bob", TripOrigin.Person)]
    [InlineData("rule:drawdown", "strategy/a", "supervisor", TripOrigin.Rule)]
    [InlineData("rule:drawdown", null, "supervisor", TripOrigin.Person)]
    [InlineData("rule:drawdown", "strategy/a", "eve", TripOrigin.Person)]
    [InlineData("alert:ab", "alert Loss", "am", TripOrigin.Alert)]
    [InlineData("alert:ab", null, "eve", TripOrigin.Person)]
    [InlineData("file", "/data/KILL_SWITCH", "file", TripOrigin.File)]
    [InlineData("store-failover", null, "node", TripOrigin.Person)]
    public void An_old_record_is_what_its_source_says_only_where_the_server_wrote_its_cause(string source, string? cause, string principal, TripOrigin origin) =>
        Assert.Equal(origin, (Trips.Of("strategy/a", source: source) with { Cause = cause, Principal = principal }).Origin);

    [Fact]
    public void A_record_of_today_says_its_origin_itself_and_keeps_it()
    {
        var trip = Trips.Of("strategy/a", source: "recovery") with { Origin = TripOrigin.Person, Cause = "reset:1", Rule = "drawdown" };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(new LatchRecord { Trip = trip }, KillSwitchJson.Default.LatchRecord), KillSwitchJson.Default.LatchRecord)!.Trip!;
        Assert.Equal((TripOrigin.Person, "drawdown"), (read.Origin, read.Rule));
    }

    [Fact]
    public void An_old_rule_and_alert_are_read_from_their_source()
    {
        Assert.Equal("drawdown", (Trips.Of("strategy/a", source: "rule:drawdown") with { Cause = "strategy/a", Principal = "supervisor" }).Rule);
        Assert.Equal("ab", (Trips.Of("strategy/a", source: "alert:ab") with { Cause = "alert X" }).Alert);
        Assert.Null(Trips.Of("strategy/a", source: "rule:drawdown").Rule);
    }
}
