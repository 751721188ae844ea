using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Signals;
using ActorOps.Ops.Supervisors.Monitors;
using ActorOps.Ops.Tests;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Markets;

namespace ActorOps.PaperDesk.Tests.Supervising;

/// <summary>A simulated desk whose lines go through the reader of signals into the monitors of ActorOps, at the default limits.</summary>
internal sealed class SupervisedDesk : IDisposable
{
    private readonly SimulatedDesk _desk;
    private readonly Dictionary<TargetId, TargetMonitor> _monitors;
    private readonly SignalTargets _targets;
    private readonly SignalReader _reader = new();
    private readonly SignalSource _source = new() { Principal = 1, ClockAheadMs = 0 };
    private readonly List<RuleOutcome> _outcomes = [];

    public SupervisedDesk(int seed, double speed = 1, Func<IEnumerable<MarketTick>>? market = null, IEnumerable<Fault>? faults = null)
    {
        _desk = new SimulatedDesk(seed, speed, line => Take(line), market, faults);
        var options = TestLimits.Create();
        TargetMonitor[] monitors =
        [
            .. _desk.State.Strategies.Select(strategy => new StrategyMonitor(new TargetId(TargetKind.Strategy, strategy.Id), (double)strategy.Aum, options)),
            .. _desk.State.Feeds.Select(feed => new FeedMonitor(new TargetId(TargetKind.Feed, feed.Id), options)),
            new BrokerMonitor(new TargetId(TargetKind.Broker, "paper-broker"), options),
        ];
        _monitors = monitors.ToDictionary(monitor => monitor.Id);
        var registered = new Desk("paper", "eu", "USD", 1_000_000)
        {
            Accounts = [new DeskAccount("main", "paper-broker", 1_000_000)],
            Brokers = [new DeskBroker("paper-broker")],
            Feeds = [new DeskFeed("spy-primary", "spy-backup"), new DeskFeed("spy-backup")],
            Strategies = [.. _desk.State.Strategies.Select(strategy => new DeskStrategy(strategy.Id, "main", "spy-primary", strategy.Aum, strategy.Model.Name))],
        };
        _targets = new SignalTargets([.. monitors.Select(monitor => new SignalTarget(monitor.Id, "paper", "paper", null))], [registered]);
    }

    /// <summary>What rules did, in order.</summary>
    public List<SeenOutcome> Outcomes { get; } = [];

    /// <summary>Targets and rules that were at warning or worse at the end of any second, with the first second.</summary>
    public Dictionary<(string Target, string Rule, RuleLevel Level), TimeSpan> Breaches { get; } = [];

    /// <summary>Lines that were refused.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Profit and loss of the desk, % of its AUM, which both strategies share equally.</summary>
    public double FirmPnlPercent => (_desk.PnlPercent(0) + _desk.PnlPercent(1)) / 2;

    /// <summary>Executions so far.</summary>
    public int Fills => _desk.State.Strategies.Sum(strategy => strategy.Fills);

    public void Run(TimeSpan length) => _desk.Run(length, EachSecond);

    public void Dispose() => _desk.Dispose();

    private void EachSecond()
    {
        foreach (var monitor in _monitors.Values)
        {
            monitor.Tick(_desk.Time.GetMilliseconds(), _outcomes);
            Record(monitor);
            foreach (var rule in monitor.Rules.Where(rule => rule.Level is RuleLevel.Warning or RuleLevel.Critical))
            {
                Breaches.TryAdd((monitor.Id.ToString(), rule.Name, rule.Level), _desk.Clock.Elapsed);
            }
        }
    }

    private void Take(byte[] line)
    {
        _source.Receive(_desk.Time);
        var refusal = _reader.Read(line, _source, _targets, out var signal, out var first, out var second);
        if (refusal.IsRefused)
        {
            Refused.Add($"{refusal.Code}: {refusal.Detail}");
        }

        foreach (var target in refusal.IsRefused ? [] : ((SignalTarget?[])[first, second]).OfType<SignalTarget>())
        {
            _monitors[target.Id].On(signal, _outcomes);
            Record(_monitors[target.Id]);
        }
    }

    private void Record(TargetMonitor monitor)
    {
        Outcomes.AddRange(_outcomes.Select(outcome => new SeenOutcome(monitor.Id, outcome.Rule.Name, outcome.Step, _desk.Clock.Elapsed)));
        _outcomes.Clear();
    }
}
