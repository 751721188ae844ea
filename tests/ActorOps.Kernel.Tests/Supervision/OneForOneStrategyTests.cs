using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

public class OneForOneStrategyTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Restart_gives_a_new_instance_and_keeps_the_mailbox_and_the_address() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 3, Minute));
        family.A.Tell("count");
        family.A.Tell("fail");
        family.A.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1", "a 1"], family.Counts);
    });

    [Fact]
    public void Resume_keeps_the_state_and_the_children_go_on() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Resume, 3, Minute));
        family.A.Tell("count");
        family.A.Tell("fail");
        family.A.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1", "a 2"], family.Counts);
    });

    [Fact]
    public void Stop_stops_the_child_and_leaves_its_siblings() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, SupervisorStrategy.Stopping);
        family.A.Tell("fail");
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["b 1"], family.Counts);
        Assert.Equal(1, sim.System.DeadLetters.Count);
    });

    [Fact]
    public void The_decider_tells_exceptions_apart() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(reason => reason is InvalidOperationException ? Directive.Resume : Directive.Stop, 3, Minute));
        family.A.Tell("fail");
        family.A.Tell("count");
        family.B.Do(_ => throw new ArgumentException("another kind"));
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1"], family.Counts);
    });

    [Fact]
    public void Restarts_beyond_the_window_stop_the_child_and_say_so_and_each_child_has_its_own_count() => Simulation.ForSeeds(10, sim =>
    {
        var exhausted = new List<ActorRef>();
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 2, Minute) { Exhausted = (who, _) => exhausted.Add(who) });
        family.B.Tell("fail");
        family.B.Tell("fail");
        family.A.Tell("fail");
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.Empty(exhausted);
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.Equal([family.A], exhausted);
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["b 1"], family.Counts);
    });

    [Fact]
    public void A_window_without_failures_gives_the_restarts_back() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 1, Minute));
        family.A.Tell("fail");
        sim.Advance(Minute + TimeSpan.FromSeconds(1));
        family.A.Tell("fail");
        family.A.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1"], family.Counts);
    });

    [Fact]
    public void Backoff_doubles_up_to_its_maximum_and_starts_over_after_healthy_time() => Simulation.ForSeeds(10, sim =>
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), Jitter: 0) { ResetAfter = TimeSpan.FromSeconds(30) };
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 100, TimeSpan.FromHours(1), backoff));
        foreach (var seconds in new[] { 1, 2, 4, 4 })
        {
            family.A.Tell("fail");
            family.A.Tell("count");
            sim.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Empty(family.Counts);
            Assert.Equal(CellState.Suspended, sim.System.Tree().Children[0].Children[0].Children.Single(node => node.Path == family.A.Path.ToString()).State);
            sim.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(["a 1"], family.TakeCounts());
        }

        sim.Advance(TimeSpan.FromSeconds(30));
        family.A.Tell("fail");
        family.A.Tell("count");
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a 1"], family.Counts);
    });

    [Fact]
    public void A_child_that_is_stopped_while_it_waits_for_its_restart_leaves_no_timer() => Simulation.ForSeeds(20, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 5, Minute, new Backoff(Minute, Minute, 0)));
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.Equal(1, sim.Time.ActiveTimers);
        family.Parent.Do(self => self.Surroundings.Stop(family.A));
        sim.RunUntilIdle();
        Assert.Equal(0, sim.Time.ActiveTimers);
        Assert.Single(sim.System.Tree().Children[0].Children[0].Children);
    });

    [Fact]
    public void Escalate_makes_the_grandparent_decide_and_Resume_there_resumes_the_child_too() => Simulation.ForSeeds(20, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Escalate, 3, Minute), new OneForOneStrategy(_ => Directive.Resume, 3, Minute));
        family.A.Tell("count");
        family.A.Tell("fail");
        family.A.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1", "a 2"], family.Counts);
    });

    [Fact]
    public void Escalate_and_Restart_there_replaces_the_whole_family() => Simulation.ForSeeds(20, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Escalate, 3, Minute), new OneForOneStrategy(_ => Directive.Restart, 3, Minute));
        var before = family.A;
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.NotSame(before, family.A);
        family.A.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1"], family.Counts);
    });

    [Fact]
    public void A_kept_child_whose_failure_was_escalated_starts_anew_with_its_parent() => Simulation.ForSeeds(20, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Escalate, 3, Minute), new OneForOneStrategy(_ => Directive.Restart, 3, Minute), keepChildren: true);
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        family.TakeCounts();
        family.A.Tell("fail");
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1", "b 2"], family.Counts.Order());
    });

    [Fact]
    public void What_is_escalated_past_the_guardian_stops_the_system_and_says_why() => Simulation.ForSeeds(10, sim =>
    {
        new Script("a").Spawn(sim).Tell("fail");
        var ended = sim.System.WhenTerminated;
        sim.RunUntilIdle();
        Assert.Equal("asked to fail", Assert.Single(ended.Exception!.InnerExceptions).Message);
        Assert.Single(sim.Logs.WithId(1002));
    }, new ActorSystemOptions { GuardianStrategy = new OneForOneStrategy(_ => Directive.Escalate, 3, Minute) });

    [Fact]
    public void A_decider_that_throws_fails_the_supervisor_itself() => Simulation.ForSeeds(10, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => throw new InvalidOperationException("no idea"), 3, Minute), new OneForOneStrategy(_ => Directive.Restart, 3, Minute));
        var before = family.A;
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.NotSame(before, family.A);
        Assert.Equal("no idea", sim.System.Tree().Children[0].Children[0].LastFailure);
    });

    [Fact]
    public void A_child_that_failed_before_its_parent_did_waits_for_its_own_directive() => Simulation.ForSeeds(50, sim =>
    {
        var family = new Family(sim, new OneForOneStrategy(_ => Directive.Restart, 5, Minute, new Backoff(TimeSpan.FromSeconds(10), Minute, 0)), new OneForOneStrategy(_ => Directive.Resume, 3, Minute), keepChildren: true);
        family.A.Tell("fail");
        sim.RunUntilIdle();
        family.Parent.Tell("fail");
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["b 1"], family.TakeCounts());
        sim.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["a 1"], family.Counts);
    });

    [Fact]
    public void Impossible_strategies_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneForOneStrategy(_ => Directive.Stop, -1, Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneForOneStrategy(_ => Directive.Stop, 1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneForOneStrategy(_ => Directive.Stop, 1, Minute, onExhausted: Directive.Resume));
    }
}
