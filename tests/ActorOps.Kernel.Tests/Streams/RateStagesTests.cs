using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class RateStagesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_slow_end_holds_the_source_back_by_the_buffers_in_between_and_no_more() => Simulation.ForSeeds(10, sim =>
    {
        var gate = new TaskCompletionSource();
        var numbers = new Numbers();
        var direct = new StreamHarness<int>(sim, numbers.Source.Select(n => n), async _ => await gate.Task);
        Assert.Equal(1, numbers.Pulled);
        direct.Cancel();
        var buffered = new Numbers();
        var stream = new StreamHarness<int>(sim, buffered.Source.Buffer(5), async _ => await gate.Task);
        Assert.InRange(buffered.Pulled, 6, 7);
        stream.Cancel();
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal((1, 1), (numbers.Ends, buffered.Ends));
    });

    [Theory]
    [InlineData(OverflowPolicy.DropOldest, "1,5,6")]
    [InlineData(OverflowPolicy.DropNewest, "1,2,3")]
    [InlineData(OverflowPolicy.Backpressure, "1,2,3,4,5,6")]
    public void A_buffer_past_its_capacity_does_what_its_policy_says(OverflowPolicy policy, string expected) => Simulation.ForSeeds(1, sim =>
    {
        var gate = new TaskCompletionSource();
        var (queue, source) = Source.Queue<int>(100);
        var stream = new StreamHarness<int>(sim, source.Buffer(2, policy), async n => await (n == 1 ? gate.Task : Task.CompletedTask));
        WindowStagesTests.Offer(sim, queue, 1);
        WindowStagesTests.Offer(sim, queue, 2, 3, 4, 5, 6);
        gate.SetResult();
        queue.Complete();
        sim.RunUntilIdle();
        Assert.Equal(expected, string.Join(',', stream.Out));
    });

    [Fact]
    public void A_buffer_that_is_told_to_fail_fails() => Simulation.ForSeeds(5, sim =>
    {
        var numbers = new Numbers();
        var stream = new StreamHarness<int>(sim, numbers.Source.Buffer(2, OverflowPolicy.Fail), async _ => await Task.Delay(Second, sim.Time));
        sim.Advance(60 * Second);
        Assert.IsType<StreamOverflowException>(stream.Ended.Exception!.InnerException);
        Assert.Equal(1, numbers.Ends);
        var enough = new StreamHarness<int>(sim, new Numbers(3).Source.Buffer(10, OverflowPolicy.Fail));
        Assert.Equal([1, 2, 3], enough.Out);
        Assert.True(enough.Ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void Throttle_spaces_elements_evenly_and_a_burst_may_follow_a_pause() => Simulation.ForSeeds(5, sim =>
    {
        var times = new List<double>();
        var started = sim.Time.GetUtcNow();
        var even = new StreamHarness<int>(sim, new Numbers(4).Source.Throttle(2, Second), _ => Actors.ActorTests.Run(() => times.Add((sim.Time.GetUtcNow() - started).TotalSeconds)));
        sim.Advance(10 * Second);
        Assert.Equal([0, 0.5, 1, 1.5], times);
        Assert.True(even.Ended.IsCompletedSuccessfully);
        times.Clear();
        started = sim.Time.GetUtcNow();
        _ = new StreamHarness<int>(sim, new Numbers(6).Source.Throttle(1, Second, burst: 3), _ => Actors.ActorTests.Run(() => times.Add((sim.Time.GetUtcNow() - started).TotalSeconds)));
        sim.Advance(10 * Second);
        Assert.Equal([0, 0, 0, 1, 2, 3], times);
    });

    [Fact]
    public void Conflate_gives_a_slow_end_the_fold_of_what_it_missed_and_loses_nothing() => Simulation.ForSeeds(20, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var stream = new StreamHarness<int>(sim, source.Conflate(n => n, (sum, n) => sum + n), async _ => await Task.Delay(Second, sim.Time));
        WindowStagesTests.Offer(sim, queue, 1);
        WindowStagesTests.Offer(sim, queue, 2, 3, 4);
        sim.Advance(Second);
        Assert.Equal([1, 9], stream.Out);
        WindowStagesTests.Offer(sim, queue, 5);
        queue.Complete();
        sim.Advance(10 * Second);
        Assert.Equal([1, 9, 5], stream.Out);
        Assert.True(stream.Ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void Silence_fails_with_IdleTimeout_and_is_filled_by_KeepAlive() => Simulation.ForSeeds(10, sim =>
    {
        var (queue, source) = Source.Queue<int>(10);
        var alive = new StreamHarness<int>(sim, source.KeepAlive(5 * Second, () => 0));
        var (other, guarded) = Source.Queue<int>(10);
        var idle = new StreamHarness<int>(sim, guarded.IdleTimeout(5 * Second));
        for (var i = 1; i <= 3; i++)
        {
            sim.Advance(4 * Second);
            WindowStagesTests.Offer(sim, queue, i);
            WindowStagesTests.Offer(sim, other, i);
        }

        sim.Advance(11 * Second);
        Assert.Equal([1, 2, 3, 0, 0], alive.Out);
        Assert.Equal([1, 2, 3], idle.Out);
        Assert.IsType<StreamIdleException>(idle.Ended.Exception!.InnerException);
        Assert.False(sim.Run(() => other.OfferAsync(4).AsTask()));
    });
}
