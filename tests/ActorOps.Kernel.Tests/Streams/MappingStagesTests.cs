using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class MappingStagesTests
{
    [Fact]
    public void Select_Where_SelectMany_and_Aggregate_do_what_they_say() => Simulation.ForSeeds(3, sim =>
    {
        var stream = new StreamHarness<string>(sim, new Numbers(6).Source.Where(n => n % 2 == 0).Select(n => n * 10).SelectMany(n => new[] { $"{n}", $"{n + 1}" }));
        Assert.Equal(["20", "21", "40", "41", "60", "61"], stream.Out);
        Assert.True(stream.Ended.IsCompletedSuccessfully);
        Assert.Equal([21], new StreamHarness<int>(sim, new Numbers(6).Source.Aggregate(0, (sum, n) => sum + n)).Out);
    });

    [Fact]
    public void Take_ends_what_comes_before_it() => Simulation.ForSeeds(3, sim =>
    {
        var numbers = new Numbers();
        var stream = new StreamHarness<int>(sim, numbers.Source.Buffer(4).Take(3));
        Assert.Equal([1, 2, 3], stream.Out);
        Assert.True(stream.Ended.IsCompletedSuccessfully);
        Assert.Equal(1, numbers.Ends);
        Assert.Empty(new StreamHarness<int>(sim, numbers.Source.Take(0)).Out);
    });

    [Fact]
    public void A_stage_that_throws_fails_the_stream_with_its_exception_and_ends_the_source() => Simulation.ForSeeds(3, sim =>
    {
        var numbers = new Numbers();
        var stream = new StreamHarness<int>(sim, numbers.Source.Select(n => n < 3 ? n : throw new ArgumentException("three")));
        Assert.Equal([1, 2], stream.Out);
        Assert.IsType<ArgumentException>(stream.Ended.Exception!.InnerException);
        Assert.Equal(1, numbers.Ends);
    });

    [Fact]
    public void SelectAsync_keeps_the_order_and_never_has_more_under_way_than_allowed() => Simulation.ForSeeds(20, sim =>
    {
        var running = 0;
        var most = 0;
        var numbers = new Numbers(10);
        var stream = new StreamHarness<int>(sim, numbers.Source.SelectAsync(3, async (n, cancellation) =>
        {
            most = Math.Max(most, ++running);
            await Task.Delay(TimeSpan.FromSeconds(n % 3 == 0 ? 5 : 1), sim.Time, cancellation);
            running--;
            return n;
        }));
        sim.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(1, 10), stream.Out);
        Assert.Equal(3, most);
        Assert.True(stream.Ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void SelectAsync_fails_with_the_first_failure_and_cancels_and_awaits_the_rest() => Simulation.ForSeeds(20, sim =>
    {
        var ended = 0;
        var numbers = new Numbers();
        var stream = new StreamHarness<int>(sim, numbers.Source.SelectAsync(3, async (n, cancellation) =>
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(n), sim.Time, cancellation);
                return n < 2 ? n : throw new ArgumentException("two");
            }
            finally
            {
                ended++;
            }
        }));
        sim.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<ArgumentException>(stream.Ended.Exception!.InnerException);
        Assert.Equal((1, 4), (numbers.Ends, ended));
        Assert.Equal(0, sim.Time.ActiveTimers);
    });
}
