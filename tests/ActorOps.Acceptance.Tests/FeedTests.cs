using ActorOps.Acceptance.Tests.Harness;

namespace ActorOps.Acceptance.Tests;

public class FeedTests
{
    private static readonly string[] Quick = ["actorops.rules.feed-silence.warning=2", "actorops.rules.feed-silence.critical=4"];

    [Fact]
    public async Task A_stalled_feed_is_switched_to_its_backup_and_the_desk_goes_on()
    {
        await using var trading = new Trading();
        await trading.StartAsync(Quick, "--speed", "20", "--fault", "feed-stall@8s+120s");
        await trading.TradesAsync();
        var switched = await trading.EventAsync(e => e.Name == "control" && e.Text("kind") == "switch-feed");
        await Waiting.For(() => trading.Events.Any(e => e.Name == "order-sent" && e.MonotonicNs > switched.MonotonicNs), TimeSpan.FromSeconds(60));
        Assert.Empty((await trading.KillSwitchAsync()).Trips);
        var (code, output) = await trading.CliAsync("feed", "list");
        Assert.Equal(0, code);
        Assert.Matches("spy-primary +paper +spy-backup", output);
    }

    [Fact]
    public async Task Both_feeds_stalled_halt_every_strategy_on_them()
    {
        await using var trading = new Trading();
        await trading.StartAsync(Quick, "--speed", "20", "--fault", "feed-stall:both@8s+120s");
        await trading.GateAsync("momentum", "KILLED");
        await trading.GateAsync("mean-reversion", "KILLED");
        Assert.All((await trading.KillSwitchAsync()).Trips, trip => Assert.Equal("rule:feed-silence", trip.Source));
    }
}
