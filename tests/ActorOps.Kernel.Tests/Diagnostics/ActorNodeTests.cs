using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Diagnostics;

public class ActorNodeTests
{
    private static readonly ActorSystemOptions Timed = new() { SlowMessageThreshold = TimeSpan.FromSeconds(1) };

    [Fact]
    public void The_tree_shows_state_depth_restarts_age_last_failure_and_what_is_in_hand() => Simulation.ForSeeds(5, sim =>
    {
        var gate = new TaskCompletionSource();
        var actor = new Script("a").Spawn(sim);
        actor.Tell("fail");
        sim.Advance(TimeSpan.FromSeconds(2));
        actor.DoAsync(async _ => await gate.Task);
        sim.RunUntilIdle();
        actor.Tell(1);
        actor.Tell(2);
        sim.Advance(TimeSpan.FromSeconds(3));
        var node = Assert.Single(sim.System.Tree().Children);
        Assert.Equal(("/user/a", "ScriptedActor", CellState.Running, 2L, 1, TimeSpan.FromSeconds(5), "asked to fail"), (node.Path, node.Type, node.State, node.MailboxDepth, node.Restarts, node.Age, node.LastFailure));
        Assert.Equal(TimeSpan.FromSeconds(3), node.Handling);
        Assert.Equal(2, node.Processed);
        gate.SetResult();
        sim.RunUntilIdle();
        node = Assert.Single(sim.System.Tree().Children);
        Assert.Equal((0L, 4L, TimeSpan.Zero), (node.MailboxDepth, node.Processed, node.Handling));
    }, Timed);

    [Fact]
    public void A_message_in_hand_for_longer_than_the_threshold_is_logged_and_one_that_is_not_is_not() => Simulation.ForSeeds(5, sim =>
    {
        var actor = new Script("a").Spawn(sim);
        actor.DoAsync(async _ => await Task.Delay(TimeSpan.FromSeconds(0.8), sim.Time));
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(sim.Logs.WithId(1006));
        actor.DoAsync(async _ => await Task.Delay(TimeSpan.FromSeconds(2), sim.Time));
        sim.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("/user/a had", Assert.Single(sim.Logs.WithId(1006)).Text, StringComparison.Ordinal);
        actor.Do(_ => sim.Time.Advance(TimeSpan.FromSeconds(2)));
        sim.RunUntilIdle();
        Assert.Equal(2, sim.Logs.WithId(1006).Count);
    }, Timed);

    [Fact]
    public void Waiting_times_are_sampled_and_sums_by_class_show_the_deepest_and_the_longest() => Simulation.ForSeeds(5, sim =>
    {
        var gate = new TaskCompletionSource();
        var actor = sim.System.ActorOf(new Script("a").Props.WithMailbox(new Kernel.Mailboxes.MailboxOptions { Throughput = 1 }), "a");
        new Script("b").Spawn(sim);
        actor.DoAsync(async _ => await gate.Task);
        sim.RunUntilIdle();
        actor.Tell(1);
        actor.Tell(2);
        Assert.Equal(2, sim.System.Summaries().Single(sum => sum.Type == "ScriptedActor").DeepestMailbox);
        sim.Advance(TimeSpan.FromSeconds(7));
        gate.SetResult();
        sim.RunOne();
        sim.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 3; i++)
        {
            actor.Tell(i);
            sim.Time.Advance(TimeSpan.FromSeconds(1));
            sim.RunUntilIdle();
        }

        var sum = sim.System.Summaries().Single(summary => summary.Type == "ScriptedActor");
        Assert.Equal((2, 0L, TimeSpan.FromSeconds(1)), (sum.Actors, sum.MailboxDepth, sum.LongestWait));
    }, Timed);

    [Fact]
    public void Without_a_threshold_there_is_no_clock_to_pay_for() => Simulation.ForSeeds(1, sim => Assert.Equal(0, sim.Time.ActiveTimers));

    [Fact]
    public void A_suspended_and_a_starting_actor_show_as_such() => Simulation.ForSeeds(1, sim =>
    {
        var gate = new TaskCompletionSource();
        new Script("a") { PreStart = async _ => await gate.Task }.Spawn(sim);
        Assert.Equal(CellState.Starting, sim.System.Tree().Children[0].State);
        sim.RunUntilIdle();
        gate.SetException(new InvalidOperationException("no start"));
        sim.RunUntilIdle();
        Assert.Equal(CellState.Suspended, sim.System.Tree().Children[0].State);
        sim.System.StopAsync();
        sim.RunUntilIdle();
    }, new ActorSystemOptions { GuardianStrategy = new OneForOneStrategy(_ => Directive.Restart, 1, TimeSpan.FromMinutes(1), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))) });
}
