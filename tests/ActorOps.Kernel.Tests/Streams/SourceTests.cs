using System.Threading.Channels;
using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Streams;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Streams;

public class SourceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Nothing_happens_before_a_run_and_each_run_is_a_new_one() => Simulation.ForSeeds(1, sim =>
    {
        var numbers = new Numbers(3);
        var source = numbers.Source.Select(n => n);
        Assert.Equal(0, numbers.Pulled);
        Assert.Equal([1, 2, 3], new StreamHarness<int>(sim, source).Out);
        Assert.Equal([1, 2, 3], new StreamHarness<int>(sim, source).Out);
    });

    [Fact]
    public void A_collection_a_channel_and_a_failure_are_sources() => Simulation.ForSeeds(1, sim =>
    {
        Assert.Equal([1, 2], new StreamHarness<int>(sim, Source.From([1, 2])).Out);
        var channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(7);
        channel.Writer.Complete();
        Assert.Equal([7], new StreamHarness<int>(sim, Source.From(channel.Reader)).Out);
        Assert.Equal("x", new StreamHarness<int>(sim, Source.Failed<int>(new InvalidOperationException("x"))).Ended.Exception!.InnerException!.Message);
    });

    [Fact]
    public void Ticks_come_with_time_and_those_a_slow_end_misses_are_left_out() => Simulation.ForSeeds(5, sim =>
    {
        var number = 0;
        var stream = new StreamHarness<int>(sim, Source.Tick(Second, () => ++number), async n => await (n == 2 ? Task.Delay(10 * Second, sim.Time) : Task.CompletedTask));
        sim.Advance(5.5 * Second);
        Assert.Equal([1, 2], stream.Out);
        sim.Advance(8 * Second);
        Assert.InRange(stream.Out.Count, 4, 5);
        stream.Cancel();
        sim.RunUntilIdle();
        Assert.True(stream.Ended.IsCanceled);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void A_failed_source_is_made_anew_after_the_backoff_until_its_restarts_are_used_up() => Simulation.ForSeeds(5, sim =>
    {
        var made = 0;
        var stream = new StreamHarness<int>(sim, Source.RestartWithBackoff(
            () => ++made < 4 ? new Numbers(failAfter: made).Source : new Numbers(2).Source.Select(n => n * 10),
            new Backoff(Second, 10 * Second, 0),
            maxRestarts: 3,
            window: TimeSpan.FromMinutes(1)));
        Assert.Equal([1], stream.Take());
        sim.Advance(Second);
        Assert.Equal([1, 2], stream.Take());
        sim.Advance(2 * Second);
        Assert.Equal([1, 2, 3], stream.Take());
        sim.Advance(4 * Second);
        Assert.Equal([10, 20], stream.Take());
        Assert.True(stream.Ended.IsCompletedSuccessfully);
        var hopeless = new StreamHarness<int>(sim, Source.RestartWithBackoff(() => new Numbers(failAfter: 0).Source, new Backoff(Second, Second, 0), 2, TimeSpan.FromMinutes(1)));
        sim.Advance(60 * Second);
        Assert.Equal("the source fails", hopeless.Ended.Exception!.InnerException!.Message);
    });

    [Fact]
    public void A_flow_can_be_named_and_used_in_many_streams() => Simulation.ForSeeds(1, sim =>
    {
        var even = Flow.Create<int, int>(source => source.Where(n => n % 2 == 0));
        var text = Flow.Create<int, string>(source => source.Select(n => $"<{n}>"));
        Assert.Equal(["<2>", "<4>"], new StreamHarness<string>(sim, new Numbers(5).Source.Via(even.Via(text))).Out);
        var got = new List<string>();
        sim.Run(() => new Numbers(3).Source.To(even.Via(text).To(Sink.ForEach<string>(got.Add))).RunAsync(sim.Time));
        Assert.Equal(["<2>"], got);
    });

    [Fact]
    public void A_queue_feeds_one_run_waits_for_room_and_says_when_nobody_listens_any_more() => Simulation.ForSeeds(10, sim =>
    {
        var gate = new TaskCompletionSource();
        var (queue, source) = Source.Queue<int>(1);
        var stream = new StreamHarness<int>(sim, source.Take(3), async _ => await gate.Task);
        WindowStagesTests.Offer(sim, queue, 1, 2);
        var third = sim.Start(() => queue.OfferAsync(3).AsTask());
        sim.RunUntilIdle();
        Assert.False(third.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => sim.Run(() => source.To(Sink.Ignore<int>()).RunAsync(sim.Time)));
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.True(third.Result);
        Assert.Equal([1, 2, 3], stream.Out);
        Assert.False(sim.Run(() => queue.OfferAsync(4).AsTask()));
    });

    [Fact]
    public void A_queue_that_is_told_to_fail_throws_at_the_offer() => Simulation.ForSeeds(1, sim =>
    {
        var (queue, _) = Source.Queue<int>(1, OverflowPolicy.Fail);
        WindowStagesTests.Offer(sim, queue, 1);
        Assert.Throws<StreamOverflowException>(() => sim.Run(() => queue.OfferAsync(2).AsTask()));
    });
}
