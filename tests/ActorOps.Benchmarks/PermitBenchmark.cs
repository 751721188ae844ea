using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Benchmarks;

/// <summary>Permits of one node for ten thousand gates, a trip to all of them, a trip over HTTP, and a gate that hears nothing any more.</summary>
internal static class PermitBenchmark
{
    private const int Gates = 10_000;
    private const int Desks = 1000;

    public static async Task RunAsync()
    {
        await using (var node = await BenchNode.StartAsync())
        {
            await TripOverHttpAsync(node);
        }

        await using (var node = await BenchNode.StartAsync())
        {
            await ManyGatesAsync(node);
        }

        Isolation();
    }

    private static async Task TripOverHttpAsync(BenchNode node)
    {
        using var client = new HttpClient { BaseAddress = node.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await File.ReadAllTextAsync(Path.Combine(node.Folder, "admin.token"))).Trim());
        List<double> trips = [], bare = [];
        for (var i = 0; i < 150; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var body = new StringContent($"{{\"scope\":\"strategy/t{i % 50}\",\"level\":\"KILLED\",\"source\":\"bench-{i}\"}}", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync("api/v1/kill-switch/trips", body);
            answer.EnsureSuccessStatusCode();
            trips.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            using var nothing = new StringContent("{}", Encoding.UTF8, "application/json");
            using var refused = await client.PostAsync("api/v1/changes", nothing);
            bare.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var fsync = BreachBenchmark.Fsync(Path.Combine(node.Folder, "bare")).ToList();
        Figures.Print("trip-stored-and-answered-p50", Figures.Percentile(trips, 0.5), "ms", "bare_http_post_p50", Figures.Percentile(bare, 0.5));
        Figures.Print("trip-stored-and-answered-p99", Figures.Percentile(trips, 0.99), "ms", "bare_fsync_p99", Figures.Percentile(fsync, 0.99));
    }

    private static async Task ManyGatesAsync(BenchNode node)
    {
        var ops = node.Services.Ops;
        for (var i = 0; i < Desks; i++)
        {
            await ops.RegisterAsync(new Ops.Desks.Desk($"d{i}", "eu", "USD", 1000)
            {
                Accounts = [new($"a{i}", $"b{i}", 1000)],
                Brokers = [new($"b{i}")],
                Feeds = [new($"f{i}")],
                Strategies = [new($"s{i}", $"a{i}", $"f{i}", 1000)],
            }, "bench");
        }

        await ops.WhenReady;
        var sessions = Enumerable.Range(0, Gates).Select(i => ops.Gates.Open($"d{i % Desks}", [])!).ToList();
        sessions.ForEach(ops.Gates.Attach);
        Drain(sessions);
        var rounds = new List<double>();
        for (var round = 0; round < 10; round++)
        {
            var started = Stopwatch.GetTimestamp();
            foreach (var session in sessions)
            {
                ops.Gates.OnEcho(session, BootClock.Now());
            }

            rounds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Drain(sessions);
        }

        var permit = ops.Gates.Permit(sessions[0]);
        var bare = Figures.NanosecondsPerCall(Gates, calls =>
        {
            for (var i = 0; i < calls; i++)
            {
                GC.KeepAlive(JsonSerializer.Serialize(permit, GateJson.Default.GatePermit));
            }
        });
        Figures.Print("permits-for-10000-gates", Figures.Percentile(rounds, 0.5), "ms a second", "bare_json_of_as_many", bare * Gates / 1_000_000);
        var trip = Stopwatch.GetTimestamp();
        var tripping = ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "bench", "bench", "bench"));
        var closed = Stopwatch.GetElapsedTime(trip).TotalMilliseconds;
        await tripping;
        Figures.Print("trip-written-to-10000-gates", closed, "ms", "bare_json_of_as_many", bare * Gates / 1_000_000);
    }

    private static void Drain(List<GateSession> sessions)
    {
        foreach (var session in sessions)
        {
            while (session.Events.TryRead(out _))
            {
            }
        }
    }

    /// <summary>From the echo of the last permit to the first order that is denied: one that adds risk, and for a desk that does not know its position any.</summary>
    private static void Isolation()
    {
        Isolation("isolation-to-reduce-only", new TradingGate(), 1);
        Isolation("isolation-to-cancel-only", new TradingGate(knowsPosition: false), -1);
    }

    private static void Isolation(string name, TradingGate gate, double quantity)
    {
        gate.SetTargets(new DeskTargets("eu", "USD", 1000) { Accounts = [new AccountTarget("a", "b", 1000)], Strategies = [new StrategyTarget("s", "a", "f", 1000)] });
        var intent = new OrderIntent(gate.Route("s", "X"), quantity, 1, 0, 1);
        var echo = gate.NextEcho();
        gate.Apply(new PermitMessage(Guid.NewGuid(), 1, 1, echo, 3000, 1));
        while (gate.Check(intent) == GateDecision.Allowed)
        {
            Thread.SpinWait(10);
        }

        Figures.Print(name, (BootClock.Now() - echo) / 1_000_000.0, "ms", "life_of_a_permit", 3000);
    }
}
