using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Tests.Faults;

public class FaultTests
{
    private static readonly string[] Strategies = ["momentum", "mean-reversion"];

    [Theory]
    [InlineData("feed-stall@30s", "feed-stall", null, 30, 60)]
    [InlineData("loss-shock:momentum@1m+500ms", "loss-shock", "momentum", 60, 0.5)]
    [InlineData("feed-stall:both@20s+2m", "feed-stall", "both", 20, 120)]
    [InlineData("slippage", "slippage", null, 0, 300)]
    [InlineData("drift:all", "drift", "all", 0, 120)]
    [InlineData("stuck-orders+10s", "stuck-orders", null, 0, 10)]
    [InlineData("broker-drop:paper-broker+1h", "broker-drop", "paper-broker", 0, 3600)]
    public void Reads_name_target_start_and_duration_and_begins_now_without_a_start(string text, string name, string? target, double start, double duration) =>
        Assert.Equal((new Fault(name, target, TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(duration)), null), Fault.Parse(text, Strategies));

    [Theory]
    [InlineData("earthquake@30s", "'earthquake' is not a known fault; known: feed-stall, broker-drop, loss-shock, slippage, stuck-orders, drift")]
    [InlineData("", "'' is not a known fault")]
    [InlineData("Drift", "'Drift' is not a known fault")]
    [InlineData("loss-shock:momentumm@20s", "'momentumm' is not a target of loss-shock; known: momentum, mean-reversion, all")]
    [InlineData("feed-stall:momentum", "'momentum' is not a target of feed-stall; known: spy-primary, spy-backup, both")]
    [InlineData("feed-stall:", "'' is not a target of feed-stall")]
    [InlineData("feed-stall@", "'' is not a time to begin at: use 500ms, 30s, 2m or 1h")]
    [InlineData("feed-stall@soon", "'soon' is not a time to begin at")]
    [InlineData("feed-stall@30", "'30' is not a time to begin at")]
    [InlineData("feed-stall@-1s", "'-1s' is not a time to begin at")]
    [InlineData("feed-stall@30s+", "'' is not a duration above 0")]
    [InlineData("feed-stall@30s+0s", "'0s' is not a duration above 0")]
    [InlineData("feed-stall@30s+1s+2s", "'30s+1s' is not a time to begin at")]
    public void Refuses_with_what_is_wrong_and_what_is_right(string text, string problem)
    {
        var (fault, why) = Fault.Parse(text, Strategies);
        Assert.Null(fault);
        Assert.StartsWith(problem, why, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schedule_forgets_what_is_over_and_has_an_end()
    {
        var schedule = new FaultSchedule([]);
        var fault = new Fault("drift", null, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(schedule.TryAdd(fault, TimeSpan.FromSeconds(5))));
        Assert.False(schedule.TryAdd(fault, TimeSpan.FromSeconds(5)));
        Assert.True(schedule.TryAdd(fault with { Start = TimeSpan.FromSeconds(20) }, TimeSpan.FromSeconds(11)));
    }
}
