using System.Text.Json;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Feeds;
using ActorOps.PaperDesk.Markets;
using ActorOps.PaperDesk.Reporting;
using ActorOps.PaperDesk.Running;

namespace ActorOps.PaperDesk.Tests.Running;

public class DeskLoopTests
{
    [Fact]
    public void The_same_seed_gives_the_same_decisions_whatever_the_pace_of_the_machine()
    {
        var smooth = Decisions(seed: 5, new Random(1));
        Assert.True(smooth.Count > 20);
        Assert.Contains(smooth, decision => decision.Contains("fill", StringComparison.Ordinal));
        Assert.Equal(smooth, Decisions(seed: 5, new Random(99)));
        Assert.NotEqual(smooth, Decisions(seed: 6, new Random(1)));
    }

    [Fact]
    public void A_desk_that_was_paused_jumps_and_does_not_replay_what_it_missed()
    {
        var time = new VirtualTimeProvider();
        var clock = new MarketClock(time, 1);
        time.Advance(TimeSpan.FromMinutes(5));
        var steps = 0;
        while (clock.TryStep())
        {
            steps++;
        }

        Assert.Equal(1, steps);
        Assert.Equal(TimeSpan.FromMinutes(5), clock.Elapsed);
    }

    /// <summary>Two minutes of trading through an open gate, the loop called at irregular moments.</summary>
    private static List<string> Decisions(int seed, Random pace)
    {
        var time = new VirtualTimeProvider();
        var clock = new MarketClock(time, 20);
        var faults = new FaultSchedule([]);
        using var output = new StringWriter();
        var state = new DeskState(clock, faults, new PaperBroker(clock, faults, seed), DeskRunner.Strategies(2), new DeskSignals(_ => { }, time))
        {
            Log = new EventLog(output, json: true, time),
            Feeds = [new PaperFeed("spy-primary", "spy-backup"), new PaperFeed("spy-backup", null)],
        };
        var gate = OpenGate(state);
        using var market = new MarketPump(state, () => GeneratedMarket.Generate(seed), repeat: true);
        var loop = new DeskLoop(state, market, new OrderDesk(state, gate));
        var permit = new PermitMessage(Guid.NewGuid(), 1, 1, 0, 3000, 1);
        while (clock.Elapsed < TimeSpan.FromMinutes(2))
        {
            time.Advance(TimeSpan.FromMilliseconds(pace.Next(1, 120)));
            while (clock.TryStep() && clock.Elapsed < TimeSpan.FromMinutes(2))
            {
                gate.Apply(permit with { Echo = gate.NextEcho() });
                loop.Step();
            }
        }

        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Decision)];
    }

    private static TradingGate OpenGate(DeskState state)
    {
        var gate = new TradingGate();
        gate.SetTargets(new DeskTargets("eu", "USD", 1_000_000)
        {
            Accounts = [new AccountTarget("main", "paper-broker", 1_000_000)],
            Strategies = [.. state.Strategies.Select(strategy => new StrategyTarget(strategy.Id, "main", "spy-primary", strategy.Aum))],
        });
        return gate;
    }

    /// <summary>An event without its clocks.</summary>
    private static string Decision(string line)
    {
        using var json = JsonDocument.Parse(line);
        return string.Join(' ', json.RootElement.EnumerateObject().Where(field => field.Name is not ("at" or "monotonicNs")).Select(field => field.Value.ToString()));
    }
}
