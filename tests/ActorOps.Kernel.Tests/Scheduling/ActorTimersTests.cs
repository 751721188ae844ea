using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Scheduling;

public class ActorTimersTests : KernelTest
{
    [Fact]
    public async Task A_single_timer_fires_once_and_a_periodic_one_until_cancelled()
    {
        var actor = Timed();
        actor.Tell(new Action<ActorContext>(context => context.Timers.StartSingle("one", "one", TimeSpan.FromSeconds(1))));
        actor.Tell(new Action<ActorContext>(context => context.Timers.StartPeriodic("many", "many", TimeSpan.FromSeconds(2))));
        await Settled(actor);
        Time.Advance(TimeSpan.FromSeconds(4));
        await Probe.Expect("one");
        await Probe.Expect("many");
        await Probe.Expect("many");
        actor.Tell(new Action<ActorContext>(context => context.Timers.Cancel("many")));
        await Settled(actor);
        Time.Advance(TimeSpan.FromSeconds(10));
        await Settled(actor);
    }

    [Fact]
    public async Task A_replaced_timer_is_never_delivered_even_when_its_message_was_queued()
    {
        var actor = Timed();
        actor.Tell(new Action<ActorContext>(context =>
        {
            context.Timers.StartSingle("t", "old", TimeSpan.FromSeconds(1));
            Time.Advance(TimeSpan.FromSeconds(1));
            context.Timers.StartSingle("t", "new", TimeSpan.FromSeconds(1));
        }));
        await Settled(actor);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Probe.Expect("new");
    }

    [Fact]
    public async Task A_restart_cancels_every_timer()
    {
        var actor = Timed();
        actor.Tell(new Action<ActorContext>(context => context.Timers.StartPeriodic("t", "tick", TimeSpan.FromSeconds(1))));
        actor.Tell(new Action<ActorContext>(_ => throw new InvalidOperationException("asked to fail")));
        await Settled(actor);
        Time.Advance(TimeSpan.FromSeconds(5));
        await Settled(actor);
    }

    private async Task Settled(ActorRef actor)
    {
        actor.Tell("settled");
        await Probe.Expect("settled");
    }

    private ActorRef Timed() => Spawn((self, message) =>
    {
        if (message is Action<ActorContext> action)
        {
            action(self.Surroundings);
        }
        else
        {
            self.Probe.Tell(message);
        }

        return default;
    });
}
