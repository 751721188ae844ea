using System.Globalization;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace ActorOps.Kernel.Tests.Stress;

/// <summary>
/// Builds and breaks random trees under load and checks order, one message at a time, nothing lost, one Terminated a watch, nothing after the
/// end, no leak. ACTOROPS_STRESS_SEED replays a seed, ACTOROPS_SOAK_OPERATIONS sets how much is done.
/// </summary>
[Trait("Category", "Soak")]
public class StressTests(ITestOutputHelper output)
{
    private const int Tokens = 64;

    private static readonly ActorSystemOptions Options = new()
    {
        GuardianStrategy = new OneForOneStrategy(_ => Directive.Restart, int.MaxValue, TimeSpan.FromHours(1)),
        RestartBurst = 1_000_000_000,
    };

    private static long Operations => long.Parse(Environment.GetEnvironmentVariable("ACTOROPS_SOAK_OPERATIONS") ?? "400000", CultureInfo.InvariantCulture);

    [Fact]
    public void In_simulation_where_each_run_can_be_repeated()
    {
        var each = Math.Min(Operations / 4, 200_000);
        var first = Seed();
        for (var seed = first; seed < first + Math.Max(2, Operations / 4 / each); seed++)
        {
            var (violations, trace) = Simulate(seed, each);
            Assert.Empty(violations);
            if (seed == first)
            {
                Assert.Equal(trace, Simulate(seed, each).Trace);
            }
        }
    }

    [Fact]
    public async Task On_threads_where_anything_may_happen_at_once()
    {
        var seed = Seed();
        for (var left = Operations * 3 / 4; left > 0; left -= 2_000_000)
        {
            var alive = await RunOnThreads(seed++, Math.Min(left, 2_000_000));
            Assert.Equal(0, alive);
        }
    }

    private (IReadOnlyCollection<string> Violations, long Trace) Simulate(int seed, long operations)
    {
        var sim = new Simulation(seed, Options);
        var world = new StressWorld(sim.System, seed, operations);
        sim.RunUntilIdle();
        world.Start(Tokens);
        while (!world.IsOver)
        {
            sim.Advance(TimeSpan.FromMilliseconds(10));
        }

        sim.Advance(TimeSpan.FromSeconds(1));
        output.WriteLine($"seed {seed}: {world.Summary}");
        world.CheckAtRest();
        sim.System.StopAsync();
        sim.RunUntilIdle();
        world.Check(sim.System.WhenTerminated.IsCompletedSuccessfully, "the system did not stop");
        world.CheckAfterStop();
        world.Check(sim.Time.ActiveTimers == 0, $"{sim.Time.ActiveTimers} timers are left");
        return (world.Violations, world.Trace);
    }

    private async Task<int> RunOnThreads(int seed, long operations)
    {
        var world = await RunToTheEnd(seed, operations);
        world.Forget();
        var alive = -1;
        await Waiting.For(() => (alive = world.CountAlive()) == 0, TimeSpan.FromSeconds(20));
        return alive;
    }

    private async Task<StressWorld> RunToTheEnd(int seed, long operations)
    {
        var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance, Options);
        var world = new StressWorld(system, seed, operations);
        world.Start(Tokens);
        await Waiting.For(() => world.IsOver || world.Violations.Count > 0, TimeSpan.FromMinutes(10));
        await AtRest(system, world);
        output.WriteLine($"seed {seed}: {world.Summary}");
        world.CheckAtRest();
        await system.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        world.CheckAfterStop();
        Assert.Empty(world.Violations);
        return world;
    }

    /// <summary>
    /// Waits until nothing waits and nothing was handled for twenty looks. A thread that stands still for so long may have something in hand: what is
    /// missing then has 2000 looks to come.
    /// </summary>
    private static async Task AtRest(ActorSystem system, StressWorld world)
    {
        var calm = 0;
        var before = -1L;
        await Waiting.For(
            () =>
            {
                var sums = system.Summaries();
                var handled = sums.Sum(sum => sum.Processed);
                calm = sums.Sum(sum => sum.MailboxDepth) == 0 && handled == before ? calm + 1 : 0;
                before = handled;
                return (calm >= 20 && world.Missing().Count == 0) || calm >= 2000;
            },
            TimeSpan.FromSeconds(60));
    }

    private static int Seed() => Environment.GetEnvironmentVariable("ACTOROPS_STRESS_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next(1_000_000);
}
