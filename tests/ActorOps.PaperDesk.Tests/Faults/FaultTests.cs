using ActorOps.PaperDesk.Faults;

namespace ActorOps.PaperDesk.Tests.Faults;

public class FaultTests
{
    [Theory]
    [InlineData("feed-stall@30s", "feed-stall", null, 30, 60)]
    [InlineData("loss-shock:momentum@1m+500ms", "loss-shock", "momentum", 60, 0.5)]
    [InlineData("feed-stall:both@20s+2m", "feed-stall", "both", 20, 120)]
    public void Reads_name_target_start_and_duration(string text, string name, string? target, double start, double duration)
    {
        Assert.True(Fault.TryParse(text, out var fault));
        Assert.Equal(new Fault(name, target, TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(duration)), fault);
    }

    [Theory]
    [InlineData("earthquake@30s")]
    [InlineData("feed-stall")]
    [InlineData("feed-stall@")]
    [InlineData("feed-stall@soon")]
    [InlineData("feed-stall@30s+")]
    [InlineData("feed-stall@30s+1s+2s")]
    public void Refuses_what_is_no_fault(string text) => Assert.False(Fault.TryParse(text, out _));
}
