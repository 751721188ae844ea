using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class JoiningStagesTests
{
    [Fact]
    public void A_merge_gives_all_of_each_in_the_order_of_each_and_ends_with_the_last() => Simulation.ForSeeds(20, sim =>
    {
        var stream = new StreamHarness<int>(sim, new Numbers(5).Source.Merge(new Numbers(3).Source.Select(n => n * 100), new Numbers(0).Source));
        Assert.Equal([1, 2, 3, 4, 5], stream.Out.Where(n => n < 100));
        Assert.Equal([100, 200, 300], stream.Out.Where(n => n >= 100));
        Assert.True(stream.Ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void A_merge_fails_with_the_first_failure_and_ends_the_others() => Simulation.ForSeeds(20, sim =>
    {
        var endless = new Numbers();
        var stream = new StreamHarness<int>(sim, endless.Source.Throttle(1, TimeSpan.FromHours(1)).Merge(new Numbers(failAfter: 2).Source));
        Assert.Equal("the source fails", stream.Ended.Exception!.InnerException!.Message);
        Assert.Equal(1, endless.Ends);
    });

    [Fact]
    public void A_merge_that_is_left_ends_all() => Simulation.ForSeeds(20, sim =>
    {
        var (one, two) = (new Numbers(), new Numbers());
        var stream = new StreamHarness<int>(sim, one.Source.Merge(two.Source).Take(4));
        Assert.Equal(4, stream.Out.Count);
        Assert.Equal((1, 1), (one.Ends, two.Ends));
    });
}
