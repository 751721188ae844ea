using System.Diagnostics;
using System.Text;
using ActorOps.Client;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;

namespace ActorOps.Benchmarks;

/// <summary>From the sample that completes a breach, posted over HTTP, to the desk's gate closed, over its event stream; latch included.</summary>
internal static class BreachBenchmark
{
    private const int Rounds = 80;
    private const int WarmUp = 15;
    private const int Nodes = 5;

    public static async Task RunAsync()
    {
        List<double> times = [], fsync = [];
        for (var i = 0; i < Nodes; i++)
        {
            await MeasureAsync(times, fsync);
        }

        Figures.Print("breach-to-gate-p50", Figures.Percentile(times, 0.5), "ms", "bare_fsync_p50", Figures.Percentile(fsync, 0.5));
        Figures.Print("breach-to-gate-p99", Figures.Percentile(times, 0.99), "ms", "bare_fsync_p99", Figures.Percentile(fsync, 0.99));
    }

    /// <summary>A node of its own for a few rounds: real desks have a handful of standing trips, not hundreds.</summary>
    private static async Task MeasureAsync(List<double> times, List<double> fsync)
    {
        await using var node = await BenchNode.StartAsync();
        using var client = node.DeskClient;
        await using var connection = new GateConnection(client, new GateConnectionOptions { Desk = "paper", Targets = Targets() }, new NoControls());
        connection.Start();
        while (!connection.Gate.HasPermit || node.Services.Ops.Supervisors.All.Count() < Rounds)
        {
            await Task.Delay(50);
        }

        for (var i = 0; i < Rounds; i++)
        {
            var elapsed = await RoundAsync(client, connection.Gate, $"s{i}");
            if (i >= WarmUp)
            {
                times.Add(elapsed);
            }
        }

        fsync.AddRange(Fsync(Path.Combine(node.Folder, "bare")));
    }

    public static async Task<double> RoundAsync(ActorOpsClient client, TradingGate gate, string strategy)
    {
        var route = gate.Route(strategy, "X");
        await PostAsync(client, strategy, 0, 1);
        await PostAsync(client, strategy, -600, 2);
        using var closed = new SemaphoreSlim(0);
        void OnChanged()
        {
            if (route.Level == TradingLevel.Killed)
            {
                closed.Release();
            }
        }

        gate.Changed += OnChanged;
        var started = Stopwatch.GetTimestamp();
        await PostAsync(client, strategy, -600, 1);
        await closed.WaitAsync(TimeSpan.FromSeconds(10));
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        gate.Changed -= OnChanged;
        return elapsed;
    }

    private static async Task PostAsync(ActorOpsClient client, string strategy, double pnl, int lines)
    {
        var line = $"{{\"type\":\"pnl\",\"strategy\":\"{strategy}\",\"realized\":{pnl},\"unrealized\":0}}\n";
        using var content = new StringContent(new StringBuilder().Insert(0, line, lines).ToString());
        using var response = await client.Http.PostAsync("api/v1/signals", content);
        response.EnsureSuccessStatusCode();
    }

    public static List<double> Fsync(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        var record = new byte[500];
        file.Write(new byte[1 << 20]);
        file.Flush(true);
        file.Position = 0;
        return [.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            file.Write(record);
            file.Flush(true);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        })];
    }

    private static DeskTargets Targets() => new("eu", "USD", 1_000_000_000_000)
    {
        Accounts = [new AccountTarget("a", "b", 1_000_000_000_000)],
        Brokers = [new FeedTarget("b")],
        Feeds = [new FeedTarget("f")],
        Strategies = [.. Enumerable.Range(0, Rounds).Select(i => new StrategyTarget($"s{i}", "a", "f", 100_000))],
    };

    private sealed class NoControls : IControlHandler
    {
        public ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation) => ValueTask.FromResult("ok");

        public ValueTask OnIsolatedAsync(CancellationToken cancellation) => default;
    }
}
