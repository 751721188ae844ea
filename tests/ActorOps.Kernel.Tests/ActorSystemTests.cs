using ActorOps.Kernel.Actors;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Kernel.Tests;

public class ActorSystemTests
{
    [Fact]
    public async Task Stopping_while_actors_are_being_made_from_other_threads_misses_none()
    {
        for (var round = 0; round < 50; round++)
        {
            var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
            var started = 0;
            var stopped = 0;
            var makers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                try
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        system.ActorOf(Props.Create(() => new Counted(() => Interlocked.Increment(ref started), () => Interlocked.Increment(ref stopped))));
                    }
                }
                catch (InvalidOperationException)
                {
                    // The system is stopping: that is the answer.
                }
            })).ToList();
            await system.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
            await Task.WhenAll(makers);
            Assert.Equal(started, stopped);
        }
    }

    [Fact]
    public void Stopping_twice_is_stopping_once() => Simulation.ForSeeds(3, sim =>
    {
        var script = new Script("a");
        script.Spawn(sim);
        var first = sim.System.StopAsync();
        sim.RunUntilIdle();
        Assert.True(first.IsCompletedSuccessfully && sim.System.StopAsync().IsCompletedSuccessfully);
        Assert.Equal(["a PreStart", "a PostStop"], script.Log);
    });

    private sealed class Counted(Action start, Action stop) : Actor
    {
        protected override ValueTask PreStart()
        {
            start();
            return default;
        }

        protected override ValueTask PostStop()
        {
            stop();
            return default;
        }

        protected override ValueTask Receive(object message) => default;
    }
}
