using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class WindowStagesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Windows_by_count_tumble_and_slide() => Simulation.ForSeeds(3, sim =>
    {
        Assert.Equal(["1,2,3", "4,5,6", "7"], Texts(sim, new Numbers(7).Source.Grouped(3)));
        Assert.Equal(["1,2,3", "2,3,4", "3,4,5"], Texts(sim, new Numbers(5).Source.Sliding(3)));
        Assert.Equal(["1,2,3", "3,4,5"], Texts(sim, new Numbers(6).Source.Sliding(3, step: 2)));
        Assert.Equal(["1,2"], Texts(sim, new Numbers(2).Source.Sliding(3)));
        Assert.Empty(Texts(sim, new Numbers(0).Source.Grouped(3)));
    });

    [Fact]
    public void GroupedWithin_gives_a_window_when_full_or_when_its_first_element_is_old_enough() => Simulation.ForSeeds(10, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var stream = new StreamHarness<IReadOnlyList<int>>(sim, source.GroupedWithin(3, 5 * Second));
        sim.Advance(10 * Second);
        Offer(sim, queue, 1, 2);
        sim.Advance(4 * Second);
        Assert.Empty(stream.Out);
        sim.Advance(Second);
        Assert.Equal([1, 2], Assert.Single(stream.Take()));
        Offer(sim, queue, 3, 4, 5, 6);
        Assert.Equal([3, 4, 5], Assert.Single(stream.Take()));
        queue.Complete();
        sim.RunUntilIdle();
        Assert.Equal([6], Assert.Single(stream.Take()));
        Assert.True(stream.Ended.IsCompletedSuccessfully);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void Tumbling_windows_of_time_follow_each_other_without_a_gap_empty_ones_included() => Simulation.ForSeeds(10, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var stream = new StreamHarness<IReadOnlyList<int>>(sim, source.TumblingWindow(10 * Second));
        Offer(sim, queue, 1);
        sim.Advance(9 * Second);
        Offer(sim, queue, 2);
        sim.Advance(Second);
        Assert.Equal(["1,2"], stream.Take().Select(window => string.Join(',', window)));
        Offer(sim, queue, 3);
        sim.Advance(30 * Second);
        Assert.Equal(["3", "", ""], stream.Take().Select(window => string.Join(',', window)));
        Offer(sim, queue, 4);
        queue.Complete();
        sim.RunUntilIdle();
        Assert.Equal(["4"], stream.Take().Select(window => string.Join(',', window)));
    });

    [Fact]
    public void Sliding_windows_of_time_hold_what_came_in_the_last_while() => Simulation.ForSeeds(10, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var stream = new StreamHarness<IReadOnlyList<int>>(sim, source.SlidingWindow(30 * Second, 10 * Second));
        for (var n = 1; n <= 5; n++)
        {
            sim.Advance(5 * Second);
            Offer(sim, queue, n);
            sim.Advance(5 * Second);
        }

        Assert.Equal(["1", "1,2", "1,2,3", "2,3,4", "3,4,5"], stream.Take().Select(window => string.Join(',', window)));
        sim.Advance(20 * Second);
        Assert.Equal(["4,5", "5"], stream.Take().Select(window => string.Join(',', window)));
    });

    [Fact]
    public void A_failure_or_a_cancellation_goes_through_a_window_both_ways() => Simulation.ForSeeds(10, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var failing = new StreamHarness<IReadOnlyList<int>>(sim, source.TumblingWindow(Second));
        queue.Fail(new InvalidOperationException("the source fails"));
        sim.RunUntilIdle();
        Assert.Equal("the source fails", failing.Ended.Exception!.InnerException!.Message);
        var numbers = new Numbers();
        var cancelled = new StreamHarness<IReadOnlyList<int>>(sim, numbers.Source.Throttle(1, Second).SlidingWindow(10 * Second, 10 * Second));
        sim.Advance(3 * Second);
        cancelled.Cancel();
        sim.RunUntilIdle();
        Assert.True(cancelled.Ended.IsCanceled);
        Assert.Equal((1, 0), (numbers.Ends, sim.Time.ActiveTimers));
    });

    internal static void Offer(Simulation sim, SourceQueue<int> queue, params int[] numbers) => sim.Run(async () =>
    {
        foreach (var number in numbers)
        {
            Assert.True(await queue.OfferAsync(number));
        }
    });

    private static IEnumerable<string> Texts(Simulation sim, Source<IReadOnlyList<int>> windows) =>
        new StreamHarness<IReadOnlyList<int>>(sim, windows).Out.Select(window => string.Join(',', window));
}
