using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Actors;

public class ActorTests
{
    [Fact]
    public void A_life_goes_PreStart_messages_PostStop() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a got 1", "a got 2", "a PostStop"], script.Log);
    });

    [Fact]
    public void A_restart_goes_PreRestart_and_PostStop_on_the_old_instance_then_PostRestart_and_PreStart_on_the_new() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a");
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        actor.Tell("next");
        sim.RunUntilIdle();
        Assert.Equal(["a PreStart", "a PreRestart fail", "a PostStop", "a PostRestart", "a PreStart", "a got next"], script.Log);
        Assert.Equal(2, script.Instances);
    });

    [Fact]
    public void A_restart_stops_the_children_and_waits_for_their_end_before_the_new_instance_starts() => Simulation.ForSeeds(30, sim =>
    {
        var child = new Script("child");
        var parent = new Script("parent") { Log = child.Log, PreStart = self => Run(() => self.Surroundings.ActorOf(child.Props, "child")) };
        var actor = parent.Spawn(sim);
        sim.RunUntilIdle();
        child.Log.Clear();
        actor.Tell("fail");
        sim.RunUntilIdle();
        Assert.Equal(["parent PreRestart fail", "parent PostStop", "child PostStop", "parent PostRestart", "parent PreStart", "child PreStart"], child.Log);
    });

    [Fact]
    public void Children_are_kept_when_PreRestart_does_not_stop_them_and_keep_their_state_and_mailbox() => Simulation.ForSeeds(30, sim =>
    {
        var child = new Script("child") { Receive = (self, message) => Run(() => self.Note($"got {message} as number {++self.Count}")) };
        var parent = new Script("parent") { PreRestart = _ => default, PostRestart = _ => default, PreStart = self => Run(() => self.Surroundings.ActorOf(child.Props, "child")) };
        var actor = parent.Spawn(sim);
        sim.RunUntilIdle();
        ActorRef? kept = null;
        actor.Do(self => (kept = self.Surroundings.Child("child"))!.Tell("a"));
        sim.RunUntilIdle();
        actor.Tell("fail");
        actor.Do(self => self.Surroundings.Child("child")!.Tell("b"));
        sim.RunUntilIdle();
        Assert.Equal(["child PreStart", "child got a as number 1", "child got b as number 2"], child.Log);
    });

    [Fact]
    public void A_constructor_that_fails_is_the_parents_to_decide_on_and_a_retry_goes_on_with_the_mailbox() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { Constructor = self => Throw(self.Number < 3) };
        script.Spawn(sim).Tell("hello");
        sim.RunUntilIdle();
        Assert.Equal(["a PostRestart", "a PreStart", "a got hello"], script.Log);
    });

    [Fact]
    public void A_PreStart_that_fails_is_tried_again_and_no_message_is_handled_before_it_has_succeeded() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { PreStart = self => Run(() => Throw(self.Number < 3)) };
        script.Spawn(sim).Tell("hello");
        sim.RunUntilIdle();
        Assert.Equal("a got hello", script.Log[^1]);
        Assert.Equal(3, script.Instances);
        Assert.Single(script.Log, "a got hello");
    });

    [Fact]
    public void Resume_after_a_failed_start_is_a_restart_for_there_is_no_state_to_go_on_with() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { PreStart = self => Run(() => Throw(self.Number < 2)) };
        script.Spawn(sim).Tell("hello");
        sim.RunUntilIdle();
        Assert.Equal(2, script.Instances);
        Assert.Equal("a got hello", script.Log[^1]);
    }, new ActorSystemOptions { GuardianStrategy = new OneForOneStrategy(_ => Directive.Resume, 10, TimeSpan.FromMinutes(1)) });

    [Fact]
    public void A_PreRestart_that_fails_is_logged_and_the_restart_goes_on() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { PreRestart = _ => throw new InvalidOperationException("last words") };
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        actor.Tell("next");
        sim.RunUntilIdle();
        Assert.Equal("a got next", script.Log[^1]);
        Assert.Equal("last words", Assert.Single(sim.Logs.WithId(1001)).Exception!.Message);
    });

    [Fact]
    public void A_PostRestart_that_fails_is_a_failure_of_the_new_instance() => Simulation.ForSeeds(10, sim =>
    {
        var script = new Script("a") { PostRestart = self => Run(() => Throw(self.Number < 4)) };
        var actor = script.Spawn(sim);
        actor.Tell("fail");
        actor.Tell("next");
        sim.RunUntilIdle();
        Assert.Equal(4, script.Instances);
        Assert.Equal("a got next", script.Log[^1]);
    });

    [Fact]
    public void A_PostStop_that_fails_is_logged_and_the_actor_is_gone_all_the_same() => Simulation.ForSeeds(10, sim =>
    {
        var probe = sim.Probe();
        var actor = new Script("a") { PostStop = _ => throw new InvalidOperationException("last words") }.Spawn(sim);
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        sim.RunUntilIdle();
        Assert.Equal([new Terminated(actor)], probe.Take());
        Assert.Single(sim.Logs.WithId(1001));
    });

    [Fact]
    public void An_actor_stopped_in_the_middle_of_a_restart_runs_PostStop_once() => Simulation.ForSeeds(50, sim =>
    {
        var child = new Script("child");
        var parent = new Script("parent") { PreStart = self => Run(() => self.Surroundings.ActorOf(child.Props, "child")) };
        var actor = parent.Spawn(sim);
        sim.RunUntilIdle();
        var before = parent.Log.Count(line => line == "parent PostStop");
        actor.Tell("fail");
        while (sim.RunOne() && !parent.Log.Contains("parent PreRestart fail"))
        {
        }

        actor.Tell(PoisonPill.Instance);
        sim.System.StopAsync();
        sim.RunUntilIdle();
        var ends = parent.Log.Count(line => line == "parent PostStop") - before;
        Assert.Equal(parent.Instances, ends);
    });

    [Fact]
    public void A_factory_that_returns_the_same_instance_twice_is_an_error_that_says_so() => Simulation.ForSeeds(1, sim =>
    {
        var instance = new ScriptedActor(new Script("a"));
        sim.System.ActorOf(Props.Create(() => instance), "a").Tell("fail");
        sim.RunUntilIdle();
        Assert.Contains(sim.Logs.WithId(1000), line => line.Exception!.Message.Contains("must make a new one", StringComparison.Ordinal));
    });

    internal static ValueTask Run(Action act)
    {
        act();
        return default;
    }

    private static void Throw(bool when)
    {
        if (when)
        {
            throw new InvalidOperationException("not yet");
        }
    }
}
