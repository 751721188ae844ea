using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Rules;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Ops.Tests.Rules;

public sealed class LimitsRecorderActorTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly InMemoryJournal _journal;
    private readonly HashSet<string> _approved = [];

    public LimitsRecorderActorTests() => _journal = new InMemoryJournal(_time);

    [Fact]
    public async Task What_is_tightened_is_in_force_at_once_and_what_is_loosened_when_two_persons_have_agreed()
    {
        Assert.Equal(["limits.in-force.v1"], await StartAsync(-0.5, 3));
        Assert.Empty(await StartAsync(-0.5, 3));
        Assert.Equal(["limits.in-force.v1"], await StartAsync(-0.4, 3));

        // Looser in one place, tighter in another.
        Assert.Equal(["limits.in-force.v1", "limits.proposed.v1"], await StartAsync(-1, 2));
        Assert.Equal("-0.4", State.Values["HourlyPnl.Critical"]);
        Assert.Equal("2", State.Values["SlippageRatio.Critical"]);
        Assert.Empty(await StartAsync(-1, 2));
        Assert.Contains(State.Proposed!.Changes, change => change.Contains("hourly-pnl critical: -0.40 % -> -1.00 % (LOOSER)", StringComparison.Ordinal));
        _approved.Add(State.Proposed.Hash);
        Assert.Equal(["limits.in-force.v1"], await StartAsync(-1, 2, ticks: true));
        Assert.Equal("-1", State.Values["HourlyPnl.Critical"]);
        Assert.Null(State.Proposed);
    }

    private LimitsState State { get; set; } = LimitsState.Empty;

    private async Task<IReadOnlyList<string>> StartAsync(double hourly, double slippage, bool ticks = false)
    {
        var options = new RuleOptions { HourlyPnl = new RuleLimit { Warning = -0.1, Critical = hourly }, SlippageRatio = new RuleLimit { Warning = 1, Critical = slippage } };
        var projection = new Projection<LimitsState, LimitsEvent>("limits", LimitsState.Empty, new(LimitsJson.Default.LimitsEvent), LimitsState.Apply);
        var guard = new LimitsGuard(options);
        projection.Changed = (_, state) => guard.Apply(state);
        var before = _journal.Records.Count;
        var system = new ActorSystem(_time, NullLoggerFactory.Instance);
        var store = new EventSourcedOptions { Journal = _journal, Token = new FencingToken("limits", 1) };
        system.ActorOf(Props.Create(() => new LimitsRecorderActor(store, projection, guard.Wanted, proposed => _approved.Contains(proposed.Hash), NullLogger.Instance)), "limits");
        var settled = 0;
        await Waiting.For(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(ticks ? 200 : 0));
            return projection.SequenceNumber == _journal.Records.Count && projection.State.Hash.Length > 0 && ++settled > 20;
        });
        await system.StopAsync();
        State = projection.State;

        // What rules see is what is in force, never anything looser.
        Assert.Equal(State.Values["HourlyPnl.Critical"], options.HourlyPnl.Critical.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        return [.. _journal.Records.Skip(before).Select(record => record.Kind)];
    }
}
