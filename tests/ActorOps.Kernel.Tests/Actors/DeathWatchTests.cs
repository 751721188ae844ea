using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Tests.Actors;

public class DeathWatchTests
{
    [Fact]
    public void Each_watcher_hears_once_of_the_end_however_often_it_asked_and_also_of_one_long_gone() => Simulation.ForSeeds(30, sim =>
    {
        var probe = sim.Probe();
        var actor = new Script("a").Spawn(sim);
        probe.Watch(actor);
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal([new Terminated(actor)], probe.Take());
        probe.Watch(actor);
        sim.RunUntilIdle();
        Assert.Equal([new Terminated(actor)], probe.Take());
    });

    [Fact]
    public void An_unwatch_takes_back_even_what_is_queued_already() => Simulation.ForSeeds(30, sim =>
    {
        var script = new Script("watcher");
        var watcher = script.Spawn(sim);
        var actor = new Script("a").Spawn(sim);
        watcher.Do(self => self.Surroundings.Watch(actor));
        sim.RunUntilIdle();
        var busy = new TaskCompletionSource();
        watcher.DoAsync(async self =>
        {
            await busy.Task;
            self.Surroundings.Unwatch(actor);
        });
        sim.RunUntilIdle();
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        busy.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["watcher PreStart"], script.Log);
    });

    [Fact]
    public void A_restart_is_no_end_and_a_watch_outlives_it_on_both_sides() => Simulation.ForSeeds(30, sim =>
    {
        var script = new Script("watcher");
        var watcher = script.Spawn(sim);
        var actor = new Script("a").Spawn(sim);
        watcher.Do(self => self.Surroundings.Watch(actor));
        actor.Tell("fail");
        watcher.Tell("fail");
        sim.RunUntilIdle();
        Assert.DoesNotContain(script.Log, line => line.Contains("saw", StringComparison.Ordinal));
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Single(script.Log, "watcher saw the end of a");
    });

    [Fact]
    public void An_end_reaches_a_watcher_whose_mailbox_is_full() => Simulation.ForSeeds(30, sim =>
    {
        var script = new Script("watcher");
        var watcher = sim.System.ActorOf(script.Props.WithMailbox(Kernel.Mailboxes.MailboxOptions.Bounded(1)), "watcher");
        var actor = new Script("a").Spawn(sim);
        watcher.Do(self => self.Surroundings.Watch(actor));
        sim.RunUntilIdle();
        var busy = new TaskCompletionSource();
        watcher.DoAsync(async _ => await busy.Task);
        sim.RunUntilIdle();
        watcher.Tell("fills it");
        watcher.Tell("is dropped");
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        busy.SetResult();
        sim.RunUntilIdle();
        Assert.Equal(["watcher PreStart", "watcher got fills it", "watcher saw the end of a"], script.Log);
    });

    [Fact]
    public void A_stopped_watcher_is_forgotten_by_those_it_watched() => Simulation.ForSeeds(1, sim =>
    {
        var actor = new Script("a").Spawn(sim);
        var weak = WatchAndStop(sim, actor);
        sim.RunUntilIdle();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(weak.IsAlive);
        GC.KeepAlive(actor);
    });

    private static WeakReference WatchAndStop(Simulation sim, ActorRef actor)
    {
        var watcher = new Script("watcher").Spawn(sim);
        watcher.Do(self => self.Surroundings.Watch(actor));
        watcher.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        return new WeakReference(watcher);
    }
}
