namespace ActorOps.Kernel.Tests.Scheduling;

public class ActorTimersTests
{
    [Fact]
    public void A_single_timer_fires_once_and_a_periodic_one_until_cancelled() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Do(self =>
        {
            self.Surroundings.Timers.StartSingle("one", "one", TimeSpan.FromSeconds(1));
            self.Surroundings.Timers.StartPeriodic("many", "many", TimeSpan.FromSeconds(2));
        });
        sim.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["a PreStart", "a got one", "a got many", "a got many"], script.Log);
        actor.Do(self =>
        {
            Assert.False(self.Surroundings.Timers.IsActive("one"));
            Assert.True(self.Surroundings.Timers.IsActive("many"));
            self.Surroundings.Timers.Cancel("many");
        });
        sim.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(4, script.Log.Count);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void A_replaced_timer_is_never_delivered_even_when_its_message_was_queued() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Do(self =>
        {
            self.Surroundings.Timers.StartSingle("t", "old", TimeSpan.FromSeconds(1));
            sim.Time.Advance(TimeSpan.FromSeconds(1));
            self.Surroundings.Timers.StartSingle("t", "new", TimeSpan.FromSeconds(1));
        });
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a PreStart", "a got new"], script.Log);
    });

    [Fact]
    public void A_restart_cancels_every_timer_even_one_whose_message_was_queued() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Do(self =>
        {
            self.Surroundings.Timers.StartPeriodic("t", "tick", TimeSpan.FromSeconds(1));
            sim.Time.Advance(TimeSpan.FromSeconds(1));
            throw new InvalidOperationException("asked to fail");
        });
        sim.Advance(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("a got tick", script.Log);
        Assert.Equal(0, sim.Time.ActiveTimers);
    });

    [Fact]
    public void Nothing_is_delivered_after_the_stop_and_no_timer_is_left() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Do(self =>
        {
            self.Surroundings.Timers.StartPeriodic("t", "tick", TimeSpan.FromSeconds(1));
            self.Surroundings.SetReceiveTimeout(TimeSpan.FromSeconds(1));
            sim.Time.Advance(TimeSpan.FromSeconds(1));
            self.Surroundings.Stop(self.Surroundings.Self);
        });
        sim.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["a PreStart", "a PostStop"], script.Log);
        Assert.Equal(0, sim.Time.ActiveTimers);
        Assert.Equal(0, sim.System.DeadLetters.Count);
    });
}
