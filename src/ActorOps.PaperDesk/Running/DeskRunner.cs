using ActorOps.Client;
using ActorOps.Client.Gates;
using ActorOps.Client.Signals;
using ActorOps.Client.Wire;
using ActorOps.PaperDesk.Brokers;
using ActorOps.PaperDesk.Faults;
using ActorOps.PaperDesk.Feeds;
using ActorOps.PaperDesk.Markets;
using ActorOps.PaperDesk.Reporting;
using ActorOps.PaperDesk.Strategies;

namespace ActorOps.PaperDesk.Running;

/// <summary>The desk's main loop: market, strategies, broker and reports, 50 times a second.</summary>
internal sealed class DeskRunner : IAsyncDisposable
{
    private readonly DeskArguments _arguments;
    private readonly ActorOpsClient _client;
    private readonly SignalWriter _writer;
    private readonly GateConnection _connection;
    private readonly DeskState _state;
    private readonly OrderDesk _orders;
    private readonly GateReporter _gates;
    private readonly MarketPump _market;
    private readonly DeskLoop _loop;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeskRunner(DeskArguments arguments, TextWriter output)
    {
        _arguments = arguments;
        var time = TimeProvider.System;
        _client = new ActorOpsClient(arguments.Servers, File.ReadAllText(arguments.TokenFile).Trim());
        _writer = new SignalWriter(_client);
        var clock = new MarketClock(time, arguments.Speed);
        var faults = new FaultSchedule(arguments.Faults);
        _state = new DeskState(clock, faults, new PaperBroker(clock, faults, arguments.Seed), Strategies(arguments.Strategies), new DeskSignals(line => _writer.TryWrite(line), time))
        {
            Log = new EventLog(output, arguments.Json, time),
            Feeds = [new PaperFeed("spy-primary", "spy-backup"), new PaperFeed("spy-backup", null)],
        };
        _connection = new GateConnection(
            _client,
            new GateConnectionOptions { Desk = arguments.Desk, Targets = Targets(), MemoryFile = arguments.Memory },
            new DeskControls(_state, () => _orders!, () => _connection!.Gate));
        _state.Resume = _connection.Gate.Resume;
        _orders = new OrderDesk(_state, _connection.Gate);
        _gates = new GateReporter(_state, _connection.Gate);
        _market = new MarketPump(_state, () => arguments.Ticks is { } file ? RecordedMarket.Read(file) : arguments.Day ? GeneratedDay.Ticks(arguments.Seed) : GeneratedMarket.Generate(arguments.Seed), !arguments.UntilEnd);
        _loop = new DeskLoop(_state, _market, _orders);
        _connection.Trouble += text => _state.Log.Write("trouble", $"connection: {text}", ("what", text));
        _writer.Trouble += text => _state.Log.Write("trouble", $"signals: {text}", ("what", text));
        _connection.Gate.Changed += _gates.Report;
        _connection.Connected += _ => _connected.TrySetResult();
    }

    public static DeskRunner Create(DeskArguments arguments, TextWriter output) => new(arguments, output);

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var control = ControlEndpoint.Start(_arguments.ControlPort, _state);
        _connection.Start();
        _state.Log.Write("started", $"desk {_arguments.Desk}: {_state.Strategies.Count} strategies, control on {control.Url}", ("desk", _arguments.Desk), ("control", control.Url));
        // Before the first hello nobody knows this desk's targets: there is nothing to tell, and no order may leave.
        await _connected.Task.WaitAsync(cancellation).ConfigureAwait(false);
        _state.Clock.Restart();
        using var steps = new PeriodicTimer(MarketClock.StepLength);
        while (!_market.Ended && await steps.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
        {
            while (_state.Clock.TryStep())
            {
                _loop.Step();
            }

            _gates.Report();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _state.Log.Write("stopped", "desk stops", ("signalsDropped", _writer.Dropped), ("signalsAccepted", _writer.Accepted));
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _market.Dispose();
        _client.Dispose();
    }

    internal static List<Strategy> Strategies(int count)
    {
        var aum = Math.Round(1_000_000m / count, 2);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            IModel model = i % 2 == 0 ? new MomentumModel(i / 2) : new MeanReversionModel(i / 2);
            return new Strategy(i < 2 ? model.Name : $"{model.Name}-{(i / 2) + 1}", model, aum, null);
        })];
    }

    private DeskTargets Targets() => new("eu", "USD", 1_000_000m)
    {
        Accounts = [new AccountTarget("main", "paper-broker", 1_000_000m)],
        Strategies = [.. _state.Strategies.Select(strategy => new StrategyTarget(strategy.Id, "main", "spy-primary", strategy.Aum, strategy.Model.Name))],
        Feeds = [.. _state.Feeds.Select(feed => new FeedTarget(feed.Id, feed.Backup))],
        Brokers = [new FeedTarget("paper-broker")],
    };
}
