using ActorOps.Client.Gates;
using ActorOps.Client.Wire;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Feeds;
using ActorOps.PaperDesk.Markets;
using ActorOps.PaperDesk.Reporting;
using ActorOps.PaperDesk.Running;

namespace ActorOps.PaperDesk.Tests.Supervising;

/// <summary>The paper desk's own loop on virtual time, with an open gate: hours in seconds. Its signals go to who listens.</summary>
internal sealed class SimulatedDesk : IDisposable
{
    private readonly MarketPump _market;
    private readonly DeskLoop _loop;
    private readonly TradingGate _gate = new();
    private long _permits;

    public SimulatedDesk(int seed, double speed = 1, Action<byte[]>? signals = null, Func<IEnumerable<MarketTick>>? market = null, IEnumerable<Fault>? faults = null, TextWriter? output = null)
    {
        Clock = new MarketClock(Time, speed);
        Faults = new FaultSchedule(faults ?? []);
        State = new DeskState(Clock, Faults, new PaperBroker(Clock, Faults, seed), DeskRunner.Strategies(2), new DeskSignals(signals ?? (static _ => { }), Time))
        {
            Log = new EventLog(output ?? TextWriter.Null, json: true, Time),
            Feeds = [new PaperFeed("spy-primary", "spy-backup"), new PaperFeed("spy-backup", null)],
        };
        _gate.SetTargets(new DeskTargets("eu", "USD", 1_000_000)
        {
            Accounts = [new AccountTarget("main", "paper-broker", 1_000_000)],
            Strategies = [.. State.Strategies.Select(strategy => new StrategyTarget(strategy.Id, "main", "spy-primary", strategy.Aum))],
        });
        _market = new MarketPump(State, market ?? (() => GeneratedMarket.Generate(seed)), repeat: true);
        _loop = new DeskLoop(State, _market, new OrderDesk(State, _gate));
    }

    public VirtualTimeProvider Time { get; } = new();

    public MarketClock Clock { get; }

    public FaultSchedule Faults { get; }

    public DeskState State { get; }

    /// <summary>Profit and loss of a strategy, % of its AUM.</summary>
    public double PnlPercent(int strategy)
    {
        var one = State.Strategies[strategy];
        return (double)((one.Book.Realized + one.Book.Unrealized(State.Active.Price)) / one.Aum * 100);
    }

    /// <summary>Lets the desk run, a step of its clock at a time.</summary>
    public void Run(TimeSpan length, Action? eachSecond = null)
    {
        var end = Clock.Elapsed + length;
        while (Clock.Elapsed < end)
        {
            if (Clock.Elapsed.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                _gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, _gate.NextEcho(), 3000, ++_permits));
            }

            Time.Advance(MarketClock.StepLength);
            while (Clock.TryStep())
            {
                _loop.Step();
            }

            if (eachSecond is not null && Clock.Elapsed.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                eachSecond();
            }
        }
    }

    public void Dispose() => _market.Dispose();
}
