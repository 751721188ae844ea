using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

public class AllForOneStrategyTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void One_childs_restart_is_everyones() => Simulation.ForSeeds(30, sim =>
    {
        var family = new Family(sim, new AllForOneStrategy(_ => Directive.Restart, 3, Minute));
        family.B.Tell("count");
        sim.RunUntilIdle();
        family.A.Tell("fail");
        sim.RunUntilIdle();
        family.A.Tell("count");
        family.B.Tell("count");
        sim.RunUntilIdle();
        Assert.Equal(["a 1", "b 1", "b 1"], family.Counts.Order());
        Assert.Contains("b PreRestart ", family.Lines);
        Assert.Contains("a PreRestart fail", family.Lines);
    });

    [Fact]
    public void While_the_restart_waits_everyone_is_suspended_and_a_second_failure_adds_nothing() => Simulation.ForSeeds(50, sim =>
    {
        var family = new Family(sim, new AllForOneStrategy(_ => Directive.Restart, 1, Minute, new Backoff(TimeSpan.FromSeconds(5), Minute, 0)));
        var busy = new TaskCompletionSource();
        family.Parent.DoAsync(async _ => await busy.Task);
        sim.RunUntilIdle();
        family.A.Tell("fail");
        family.B.Tell("fail");
        sim.RunUntilIdle();
        busy.SetResult();
        family.A.Tell("count");
        family.B.Tell("count");
        sim.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(family.Counts);
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a 1", "b 1"], family.Counts.Order());
    });

    [Fact]
    public void A_healthy_sibling_is_suspended_while_the_restart_waits() => Simulation.ForSeeds(50, sim =>
    {
        var family = new Family(sim, new AllForOneStrategy(_ => Directive.Restart, 1, Minute, new Backoff(TimeSpan.FromSeconds(5), Minute, 0)));
        family.A.Tell("fail");
        sim.RunUntilIdle();
        family.B.Tell("count");
        sim.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(family.Counts);
        sim.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["b 1"], family.Counts);
    });

    [Fact]
    public void One_childs_stop_is_everyones_and_the_count_of_restarts_is_shared() => Simulation.ForSeeds(30, sim =>
    {
        var family = new Family(sim, new AllForOneStrategy(_ => Directive.Restart, 2, Minute));
        family.A.Tell("fail");
        sim.RunUntilIdle();
        family.B.Tell("fail");
        sim.RunUntilIdle();
        Assert.Equal(2, sim.System.Tree().Children[0].Children[0].Children.Count);
        family.A.Tell("fail");
        sim.RunUntilIdle();
        Assert.Empty(sim.System.Tree().Children[0].Children[0].Children);
    });
}
