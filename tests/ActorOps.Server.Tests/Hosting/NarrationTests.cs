using System.Text.Json;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Tests.Hosting;

public class NarrationTests
{
    [Theory]
    [InlineData("""{"sizeFactor":0.5}""", "SIZE CAP 50 % of the normal size strategy/a by olga (recovery): after reset")]
    [InlineData("""{"maxPositionFraction":0.005}""", "SIZE CAP 0.5 % of AUM a position strategy/a by olga (recovery): after reset")]
    public void A_size_cap_is_announced_as_one(string cap, string line) => Assert.StartsWith(line, Line("kill-switch.tripped.v1", Trip("ACTIVE", cap)), StringComparison.Ordinal);

    [Fact]
    public void A_trip_is_announced_with_its_level() => Assert.StartsWith("TRIP KILLED strategy/a by olga (recovery): after reset (", Line("kill-switch.tripped.v1", Trip("KILLED", "{}")), StringComparison.Ordinal);

    [Fact]
    public void A_hold_is_told_when_it_begins_and_when_it_ends()
    {
        Assert.Equal(
            "HOLD REDUCE_ONLY strategy/a by strategy/a: no pnl for 34 s",
            Line("supervision.hold-began.v1", """{"scope":"strategy/a","cause":"strategy/a","level":"REDUCE_ONLY","why":"no pnl for 34 s","at":"2026-01-05T14:30:00Z"}"""));
        Assert.Equal(
            "hold REDUCE_ONLY strategy/a by strategy/a has ended after 1 min 30 s",
            Line("supervision.hold-ended.v1", """{"scope":"strategy/a","cause":"strategy/a","level":"REDUCE_ONLY","since":"2026-01-05T14:30:00Z","at":"2026-01-05T14:31:30Z"}"""));
    }

    private static string Trip(string level, string more) =>
        $$$"""{"trip":{"tripId":"0198c5d0-0000-7000-8000-000000000001","level":"{{{level}}}","scope":"strategy/a","source":"recovery","reason":"after reset","principal":"olga","person":"olga","node":"n1","raisedAt":"2026-01-05T14:30:00Z"{{{(more == "{}" ? string.Empty : "," + more[1..^1])}}}}}""";

    private static string? Line(string kind, string payload)
    {
        using var json = JsonDocument.Parse(payload);
        return Narration.Line(kind, json.RootElement);
    }
}
