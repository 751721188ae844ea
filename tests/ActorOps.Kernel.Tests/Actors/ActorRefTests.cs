using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Kernel.Tests.Actors;

public class ActorRefTests
{
    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order_and_one_at_a_time_from_many_threads_at_once()
    {
        const int senders = 4;
        const int each = 50_000;
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
        var last = new int[senders];
        var inside = 0;
        var overlaps = 0;
        var wrong = 0;
        var all = new TaskCompletionSource();
        var left = senders * each;
        var actor = system.ActorOf(Props.Create(() => new ScriptedActor(new Script("a")
        {
            Receive = async (_, message) =>
            {
                overlaps += Interlocked.Increment(ref inside) == 1 ? 0 : 1;
                var (sender, number) = ((int, int))message;
                wrong += last[sender] + 1 == number ? 0 : 1;
                last[sender] = number;
                if (number % 1000 == 0)
                {
                    await Task.Yield();
                }

                Interlocked.Decrement(ref inside);
                if (--left == 0)
                {
                    all.SetResult();
                }
            },
        })));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var number = 1; number <= each; number++)
            {
                actor.Tell((sender, number));
            }
        })));
        await all.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((0, 0), (overlaps, wrong));
        await system.StopAsync();
    }

    [Fact]
    public void An_actor_that_awaits_holds_no_thread_and_takes_no_other_message() => Simulation.ForSeeds(10, sim =>
    {
        var gate = new TaskCompletionSource();
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.DoAsync(async _ => await gate.Task);
        actor.Tell("next");
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart"], script.Log);
        gate.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a got next"], script.Log);
    });

    [Fact]
    public void What_the_kernel_says_overtakes_waiting_messages() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        sim.RunUntilIdle();
        actor.Do(self =>
        {
            self.Surroundings.Self.Tell("too late");
            self.Surroundings.Stop(self.Surroundings.Self);
        });
        actor.Tell("too late as well");
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a PostStop"], script.Log);
        Assert.Equal(2, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void A_failure_that_comes_with_messages_in_the_chunk_in_hand_suspends_the_actor_at_once() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        for (var i = 0; i < 1000; i++)
        {
            actor.Tell(i);
        }

        sim.RunUntilIdle();
        Assert.Equal(["a PreStart"], script.Log);
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000, script.Log.Count(line => line.StartsWith("a got", StringComparison.Ordinal)));
    }, new ActorSystemOptions { GuardianStrategy = new OneForOneStrategy(_ => Directive.Restart, 3, TimeSpan.FromMinutes(1), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), 0)) });

    [Fact]
    public void A_null_message_is_refused_at_the_teller() => Simulation.ForSeeds(1, sim =>
        Assert.Throws<ArgumentNullException>(() => new Script("a").Spawn(sim).Tell(null!)));
}
