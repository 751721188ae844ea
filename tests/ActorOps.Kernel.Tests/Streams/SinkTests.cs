using System.Threading.Channels;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class SinkTests
{
    [Fact]
    public void An_actor_sets_the_pace_with_what_it_has_handled_and_hears_of_the_end() => Simulation.ForSeeds(10, sim =>
    {
        var gate = new TaskCompletionSource();
        var script = new Script("a")
        {
            Receive = async (self, message) =>
        {
            await gate.Task;
            self.Note($"got {message}");
        },
        };
        var actor = script.Spawn(sim);
        var numbers = new Numbers(10);
        var ended = sim.Start(() => numbers.Source.Select(n => $"{n}").To(Sink.Tell<string>(actor, inFlight: 3, onCompleted: "end")).RunAsync(sim.Time));
        sim.RunUntilIdle();
        Assert.Equal(4, numbers.Pulled);
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"a got {n}").Append("a got end"), script.Log.Skip(1));
        Assert.True(ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void An_actor_that_stops_fails_the_stream() => Simulation.ForSeeds(10, sim =>
    {
        var actor = new Script("a") { Receive = (self, message) => Actors.ActorTests.Run(() => self.Surroundings.Stop(self.Surroundings.Self)) }.Spawn(sim);
        var numbers = new Numbers();
        var ended = sim.Start(() => numbers.Source.Select(n => $"{n}").To(Sink.Tell<string>(actor, inFlight: 2)).RunAsync(sim.Time));
        sim.RunUntilIdle();
        Assert.IsType<UndeliveredException>(ended.Exception!.InnerException);
        Assert.Equal(1, numbers.Ends);
    });

    [Fact]
    public void A_broadcast_gives_everything_to_each_and_the_slowest_sets_the_pace() => Simulation.ForSeeds(20, sim =>
    {
        var fast = new List<int>();
        var slow = new List<int>();
        var numbers = new Numbers(10);
        var ended = sim.Start(() => numbers.Source.To(Sink.Broadcast(
            Sink.ForEach<int>(fast.Add),
            Sink.ForEach<int>(async n =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), sim.Time);
                slow.Add(n);
            }))).RunAsync(sim.Time));
        sim.Advance(TimeSpan.FromSeconds(3.5));
        Assert.InRange(fast.Count, 4, 6);
        sim.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(Enumerable.Range(1, 10), fast);
        Assert.Equal(Enumerable.Range(1, 10), slow);
        Assert.True(ended.IsCompletedSuccessfully);
    });

    [Fact]
    public void A_branch_that_is_done_is_left_out_one_that_fails_fails_all_and_with_no_branch_left_the_source_ends() => Simulation.ForSeeds(20, sim =>
    {
        var all = new List<int>();
        sim.Run(() => new Numbers(6).Source.To(Sink.Broadcast(Sink.ForEach<int>(all.Add), First(2))).RunAsync(sim.Time));
        Assert.Equal(6, all.Count);
        var numbers = new Numbers();
        sim.Run(() => numbers.Source.To(Sink.Broadcast(First(2), First(3))).RunAsync(sim.Time));
        Assert.Equal(1, numbers.Ends);
        var endless = new Numbers();
        var ended = sim.Start(() => endless.Source.To(Sink.Broadcast(First(int.MaxValue), Sink.ForEach<int>(n => Assert.True(n < 3)))).RunAsync(sim.Time));
        sim.RunUntilIdle();
        Assert.NotNull(ended.Exception);
        Assert.Equal(1, endless.Ends);

        static Sink<int> First(int count) => Flow.Create<int, int>(source => source.Take(count)).To(Sink.Ignore<int>());
    });

    [Fact]
    public void A_channel_is_completed_with_the_streams_end_or_failure() => Simulation.ForSeeds(5, sim =>
    {
        var channel = Channel.CreateBounded<int>(10);
        sim.Run(() => new Numbers(3).Source.To(Sink.Channel(channel.Writer)).RunAsync(sim.Time));
        Assert.Equal(3, channel.Reader.Count);
        var failing = Channel.CreateBounded<int>(10);
        var ended = sim.Start(() => new Numbers(failAfter: 1).Source.To(Sink.Channel(failing.Writer)).RunAsync(sim.Time));
        sim.RunUntilIdle();
        Assert.True(failing.Reader.TryRead(out _));
        Assert.Equal("the source fails", failing.Reader.Completion.Exception!.InnerException!.Message);
        Assert.True(ended.IsFaulted);
    });
}
