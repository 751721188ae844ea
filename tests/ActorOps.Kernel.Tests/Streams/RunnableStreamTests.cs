using ActorOps.Kernel.Streams;

namespace ActorOps.Kernel.Tests.Streams;

public class RunnableStreamTests
{
    [Fact]
    public void A_streams_failure_is_its_actors_which_restarts_and_runs_it_anew() => Simulation.ForSeeds(10, sim =>
    {
        var runs = 0;
        var script = new Script("a") { PreStart = self => Actors.ActorTests.Run(() => new Numbers(failAfter: ++runs < 3 ? 2 : int.MaxValue).Source.Throttle(1, TimeSpan.FromSeconds(1)).Select(n => $"{n}").To(Sink.Tell<string>(self.Surroundings.Self)).RunIn(self.Surroundings)) };
        script.Spawn(sim);
        sim.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, script.Instances);
        Assert.Equal("the source fails", sim.Logs.WithId(1000)[0].Exception!.Message);
        Assert.Contains("a got 5", script.Log);
    });

    [Fact]
    public void A_stop_of_the_actor_ends_its_streams_first() => Simulation.ForSeeds(20, sim =>
    {
        var numbers = new Numbers();
        var endsAtPostStop = -1;
        var script = new Script("a")
        {
            PreStart = self => Actors.ActorTests.Run(() => numbers.Source.Throttle(1, TimeSpan.FromSeconds(1)).TumblingWindow(TimeSpan.FromSeconds(5)).To(Sink.Tell<IReadOnlyList<int>>(self.Surroundings.Self)).RunIn(self.Surroundings)),
            PostStop = _ => Actors.ActorTests.Run(() => endsAtPostStop = numbers.Ends),
        };
        var actor = script.Spawn(sim);
        sim.Advance(TimeSpan.FromSeconds(12));
        actor.Tell(Kernel.Actors.PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal(1, endsAtPostStop);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });
}
