using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Diagnostics;

namespace ActorOps.Kernel.Tests.Diagnostics;

public class CausalityTests
{
    [Fact]
    public void An_id_goes_along_with_tells_across_awaits_timers_aside_and_ends_with_the_message() => Simulation.ForSeeds(20, sim =>
    {
        var seen = new List<string?>();
        var last = new Script("last") { Receive = (_, message) => Actors.ActorTests.Run(() => seen.Add($"{message}:{Causality.Current}")) }.Spawn(sim);
        var first = new Script("first")
        {
            Receive = async (_, message) =>
            {
                await Task.Yield();
                last.Tell(message);
            },
        }.Spawn(sim);
        using (Causality.Begin("cause-1"))
        {
            first.Tell("a");
            using (Causality.Begin("cause-2"))
            {
                first.Tell("b");
            }
        }

        first.Tell("c");
        sim.RunUntilIdle();
        Assert.Equal(["a:cause-1", "b:cause-2", "c:"], seen);
        Assert.Null(Causality.Current);
    });

    [Fact]
    public void Ask_carries_it_there_and_the_reply_is_plain() => Simulation.ForSeeds(5, sim =>
    {
        var echo = new Script("echo") { Receive = (self, _) => Actors.ActorTests.Run(() => self.Surroundings.Sender.Tell(Causality.Current ?? "none")) }.Spawn(sim);
        using var scope = Causality.Begin("cause");
        Assert.Equal("cause", sim.Run(() => echo.Ask<string>("x", TimeSpan.FromSeconds(1), sim.Time)));
    });

    [Fact]
    public void What_is_logged_and_stashed_and_reentered_has_it_too() => Simulation.ForSeeds(5, sim =>
    {
        var seen = new List<string?>();
        var slow = new TaskCompletionSource<int>();
        var script = new Script("a")
        {
            Receive = (self, message) =>
            {
                if (self.Count++ == 0)
                {
                    self.Surroundings.Stash();
                    return default;
                }

                seen.Add(Causality.Current);
                self.Surroundings.ReenterAfter(slow.Task, _ => throw new InvalidOperationException($"{Causality.Current}"));
                return default;
            },
        };
        var actor = script.Spawn(sim);
        using (Causality.Begin("cause"))
        {
            actor.Tell("x");
        }

        sim.RunUntilIdle();
        actor.Do(self => self.Surroundings.UnstashAll());
        sim.RunUntilIdle();
        slow.SetResult(1);
        sim.RunUntilIdle();
        Assert.Equal(["cause"], seen);
        Assert.Equal("cause", Assert.Single(sim.Logs.WithId(1000)).Exception!.Message);
    });

    [Fact]
    public void A_log_line_of_a_handler_stands_in_its_scope() => Simulation.ForSeeds(5, sim =>
    {
        var script = new Script("a") { Receive = (self, _) => Actors.ActorTests.Run(() => self.Surroundings.System.EventStream.Publish(0)) };
        var gone = script.Spawn(sim);
        gone.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        var teller = new Script("b") { Receive = (self, _) => throw new InvalidOperationException("fails") }.Spawn(sim);
        var logging = new Script("c") { Receive = (self, _) => Actors.ActorTests.Run(() => KernelLogged(self)) }.Spawn(sim);
        using (Causality.Begin("cause"))
        {
            logging.Tell("x");
        }

        sim.RunUntilIdle();
        Assert.Equal("CausalityId:cause", Assert.Single(sim.Logs.WithId(77)).Scope);
        Assert.NotNull(teller);

        static void KernelLogged(ScriptedActor self) => Microsoft.Extensions.Logging.LoggerExtensions.LogInformation(self.Surroundings.System.LoggerFactory.CreateLogger("test"), new Microsoft.Extensions.Logging.EventId(77), "hello");
    });
}
