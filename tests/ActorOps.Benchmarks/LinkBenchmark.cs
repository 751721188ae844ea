using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using ActorOps.Client;
using ActorOps.Client.Gates;
using ActorOps.Client.Wire;
using ActorOps.Cluster.Links;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.TestKit;

namespace ActorOps.Benchmarks;

/// <summary>
/// Nodes on a private PostgreSQL, one of which supervises and another has the desk: questions and messages over a link, signals that arrive at the
/// wrong node, a breach until the desk's gate is closed, and with a third one a trip until all have it.
/// </summary>
internal static class LinkBenchmark
{
    private const int Rounds = 80;
    private const int Strategies = 200;

    public static async Task RunAsync()
    {
        if (PostgresServer.Binaries is null)
        {
            Console.WriteLine("bench link: left out, there is no PostgreSQL here");
            return;
        }

        await using var server = await PostgresServer.StartAsync();
        var connection = await server.DatabaseAsync("links");
        await using var supervising = await BenchNode.StartAsync(Settings(connection, "supervising", "[control, data]"));
        await using var front = await BenchNode.StartAsync(Settings(connection, "front", "[edge]"));
        while (front.Services.Cluster.Links.Links.Count < 1 || front.Services.Cluster.Node.View.Grants.Count < 70)
        {
            await Task.Delay(50);
        }

        using var client = new ActorOpsClient(front.Url, supervising.DeskToken);
        await client.HelloAsync(new HelloBody("paper", "1") { Targets = Targets() });
        while (supervising.Services.Ops.Supervisors.All.Count() < Strategies)
        {
            await Task.Delay(50);
        }

        await AskAsync(front);
        await SignalsAsync(client, "signals-through-non-owner", supervising, new Uri(supervising.Url.ToString()), supervising.DeskToken);
        await BreachAsync(client, supervising);
        await using var third = await BenchNode.StartAsync(Settings(connection, "third", "[edge]"));
        while (front.Services.Cluster.Links.Links.Count < 2)
        {
            await Task.Delay(50);
        }

        await TripAsync(front);
    }

    private static string[] Settings(string connection, string name, string roles) =>
        [$"actorops.node.id = {name}", $"actorops.node.roles = {roles}", "actorops.cluster.store = postgres", $"actorops.cluster.connection = \"{connection}\""];

    private static async Task AskAsync(BenchNode front)
    {
        var link = front.Services.Cluster.Links.Links[0];
        using var http = new HttpClient { BaseAddress = new Uri(front.Services.Cluster.Node.View.Members.First(member => member.Key == link.Peer).Description.Address), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        var registry = front.Services.Cluster.Peers.Singleton("desks");
        // One that is refused: what is measured is the way there and back, not the store.
        var refused = new Desk("bench", "eu", "USD", 0);
        List<double> asks = [], posts = [];
        for (var i = 0; i < 3000; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await registry.Ask<DeskReply>(new DeskCommand.Register(refused, "bench"), TimeSpan.FromSeconds(5), TimeProvider.System);
            asks.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync("/link/v1/nonce", null);
            await answer.Content.ReadAsByteArrayAsync();
            posts.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Figures.Print("remote-ask-p50", Figures.Percentile(asks, 0.5), "ms", "bare_http2_post_p50", Figures.Percentile(posts, 0.5));
        Figures.Print("remote-ask-p99", Figures.Percentile(asks, 0.99), "ms", "bare_http2_post_p99", Figures.Percentile(posts, 0.99));
        await TellAsync(front, link, Figures.Percentile(posts, 0.5));
    }

    /// <summary>Messages that nobody takes: what is measured is the way there and the answer.</summary>
    private static async Task TellAsync(BenchNode front, PeerLink link, double postMs)
    {
        const int count = 300_000;
        var catalog = front.Services.Cluster.Links.Catalog;
        var message = new Ops.Feeds.FeedCommand.Switch("none", "none", "bench", "bench");
        var kind = catalog.Find(message)!;
        var before = link.Refused;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            while (!link.TryTell(catalog.Write("singleton/nobody", message, null), kind, message))
            {
                await Task.Delay(1);
            }
        }

        while (link.Refused - before < count)
        {
            await Task.Delay(1);
        }

        Figures.Print("remote-tell-rate", count / Stopwatch.GetElapsedTime(started).TotalSeconds, "messages/s", "bare_http2_posts", 1000 / postMs, largerIsBetter: true);
    }

    private static async Task SignalsAsync(ActorOpsClient front, string name, BenchNode supervising, Uri direct, string token)
    {
        using var owner = new ActorOpsClient(direct, token);
        var lines = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            lines.Append($"{{\"type\":\"pnl\",\"strategy\":\"s{i % Strategies}\",\"realized\":{i % 7},\"unrealized\":0}}\n");
        }

        var body = Encoding.UTF8.GetBytes(lines.ToString());
        var (routed, straight) = (0.0, 0.0);
        for (var round = 0; round < 6; round++)
        {
            straight = Math.Max(straight, await PostAsync(owner, supervising, body));
            routed = Math.Max(routed, await PostAsync(front, supervising, body));
        }

        Figures.Print(name, routed, "signals/s", "the_same_to_the_owner", straight, largerIsBetter: true);
    }

    private static async Task<double> PostAsync(ActorOpsClient client, BenchNode supervising, byte[] body)
    {
        var started = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(body);
        using var response = await client.Http.PostAsync("api/v1/signals", content);
        var answer = JsonSerializer.Deserialize(await response.Content.ReadAsStringAsync(), WireJson.Default.SignalsAnswer)!;
        if (answer is not { Accepted: 100_000 })
        {
            throw new InvalidOperationException($"{answer.Accepted} accepted");
        }

        foreach (var summary in supervising.Services.Ops.Supervisors.All.ToList())
        {
            await supervising.Services.Ops.InspectAsync(summary.Target);
        }

        return 100_000 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task TripAsync(BenchNode front)
    {
        List<double> trips = [], fsync = [];
        using var file = new FileStream(Path.Combine(front.Folder, "bare"), FileMode.Create, FileAccess.Write, FileShare.None, 0);
        file.Write(new byte[1 << 20]);
        file.Flush(true);
        file.Position = 0;
        for (var i = 0; i < 200; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var receipt = await front.Services.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy($"bench-{i}"), TradingState.Killed, "bench", "b", "b"));
            if (i >= 20 && receipt.Propagation.Missing.Count == 0)
            {
                trips.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            started = Stopwatch.GetTimestamp();
            file.Write(new byte[500]);
            file.Flush(true);
            fsync.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Figures.Print("trip-stored-and-on-three-nodes-p50", Figures.Percentile(trips, 0.5), "ms", "bare_fsync_p50", Figures.Percentile(fsync, 0.5));
        Figures.Print("trip-stored-and-on-three-nodes-p99", Figures.Percentile(trips, 0.99), "ms", "bare_fsync_p99", Figures.Percentile(fsync, 0.99));
    }

    private static async Task BreachAsync(ActorOpsClient client, BenchNode supervising)
    {
        await using var connection = new GateConnection(client, new GateConnectionOptions { Desk = "paper", Targets = Targets() }, new NoControls());
        connection.Start();
        while (!connection.Gate.HasPermit)
        {
            await Task.Delay(50);
        }

        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var elapsed = await BreachBenchmark.RoundAsync(client, connection.Gate, $"s{i}");
            if (i >= 15)
            {
                times.Add(elapsed);
            }
        }

        Figures.Print("breach-to-gate-across-nodes-p50", Figures.Percentile(times, 0.5), "ms", "budget_p99", 25);
        Figures.Print("breach-to-gate-across-nodes-p99", Figures.Percentile(times, 0.99), "ms", "budget_p99", 25);
        _ = supervising;
    }

    private static DeskTargets Targets() => new("eu", "USD", 1_000_000_000_000)
    {
        Accounts = [new AccountTarget("a", "b", 1_000_000_000_000)],
        Brokers = [new FeedTarget("b")],
        Feeds = [new FeedTarget("f")],
        Strategies = [.. Enumerable.Range(0, Strategies).Select(i => new StrategyTarget($"s{i}", "a", "f", 100_000))],
    };

    private sealed class NoControls : IControlHandler
    {
        public ValueTask<string> ApplyAsync(ControlMessage control, CancellationToken cancellation) => ValueTask.FromResult("ok");

        public ValueTask OnIsolatedAsync(CancellationToken cancellation) => default;
    }
}
