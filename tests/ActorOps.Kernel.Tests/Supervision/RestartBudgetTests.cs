using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Tests.Supervision;

public class RestartBudgetTests
{
    [Fact]
    public void A_burst_is_free_then_each_restart_waits_for_its_turn_and_time_gives_the_burst_back() => Simulation.ForSeeds(5, sim =>
    {
        var scripts = Enumerable.Range(0, 4).Select(number => new Script($"a{number}")).ToList();
        var actors = scripts.ConvertAll(script => script.Spawn(sim));
        foreach (var expected in new[] { 2, 4 })
        {
            actors.ForEach(actor => actor.Tell("fail"));
            sim.RunUntilIdle();
            Assert.Equal(2, scripts.Count(script => script.Instances == expected));
            sim.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(3, scripts.Count(script => script.Instances == expected));
            sim.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Equal(4, scripts.Count(script => script.Instances == expected));
            scripts.ForEach(script => script.Instances++);
            sim.Advance(TimeSpan.FromSeconds(10));
        }
    }, new ActorSystemOptions { RestartBurst = 2, RestartsPerSecond = 10 });

    [Fact]
    public void A_storm_across_a_tree_whose_levels_multiply_stays_within_the_budget() => Simulation.ForSeeds(3, sim =>
    {
        // Leaves that can never start, under four levels that each allow ten restarts and then escalate: 10^4 restarts and more if nothing held them.
        var starts = 0;
        Props Level(int depth) => depth == 0
            ? new Script("leaf") { PreStart = _ => throw new InvalidOperationException($"start {++starts}") }.Props
            : new Script($"level{depth}")
            {
                Strategy = new OneForOneStrategy(_ => Directive.Restart, 10, TimeSpan.FromDays(1), onExhausted: Directive.Escalate),
                PreStart = self => Actors.ActorTests.Run(() => self.Surroundings.ActorOf(Level(depth - 1), "below")),
            }.Props;
        sim.System.ActorOf(Level(4), "storm");
        sim.RunUntilIdle();
        Assert.InRange(starts, 10, 51);
        sim.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(starts, 60, 51 + (10 * 10) + 1);
    }, new ActorSystemOptions { RestartBurst = 50, RestartsPerSecond = 10 });
}
