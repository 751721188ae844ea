using System.Diagnostics;
using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Scheduling;
using ActorOps.Storage.Postgres;
using ActorOps.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ActorOps.Benchmarks;

/// <summary>On a private PostgreSQL: the fenced append beside a bare insert, and how long a singleton is away when it moves and when its node dies.</summary>
internal static class ClusterBenchmark
{
    private const string Payload = """{"$type":"bench.v1","text":"about three hundred bytes of payload, as an event of this product has, with some more text to fill it up to that length, and some more, and some more still, until it is about as long as the events that a supervisor or the kill switch writes into the journal when something happens"}""";
    private static readonly TimeProvider Time = BootTimeProvider.Instance;

    public static async Task RunAsync()
    {
        if (PostgresServer.Binaries is null)
        {
            Console.WriteLine("bench cluster: left out, there is no PostgreSQL here");
            return;
        }

        await using var server = await PostgresServer.StartAsync();
        await AppendAsync(await server.DatabaseAsync("appends"), server.Port);
        await MoveAsync(await server.DatabaseAsync("moves"));
    }

    private static async Task AppendAsync(string connection, int port)
    {
        await using var store = await OpenAsync(connection);
        var token = await TokenAsync(store);
        await using var bare = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=actorops;Database=appends");
        await bare.OpenAsync();
        await ExecuteAsync(bare, "create table bare(id bigint generated always as identity primary key, payload text not null)");
        var (appends, inserts) = (new List<double>(), new List<double>());
        await using var insert = new NpgsqlCommand("insert into bare(payload) values (@payload)", bare);
        insert.Parameters.AddWithValue("@payload", Payload);
        for (var n = 0; n < 2000; n++)
        {
            var started = Stopwatch.GetTimestamp();
            await insert.ExecuteNonQueryAsync();
            inserts.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            started = Stopwatch.GetTimestamp();
            await store.Journal.AppendAsync(Request("single", n, token, 1));
            appends.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Figures.Print("pg-append-p50", Figures.Percentile(appends, 0.5), "ms", "bare_insert_p50", Figures.Percentile(inserts, 0.5));
        Figures.Print("pg-append-p99", Figures.Percentile(appends, 0.99), "ms", "bare_insert_p99", Figures.Percentile(inserts, 0.99));
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 100; n++)
            {
                await store.Journal.AppendAsync(Request($"w{writer}", n * 32, token, 32));
            }
        })));
        Figures.Print("pg-append-batches-of-32", 8 * 100 * 32 / Stopwatch.GetElapsedTime(begun).TotalSeconds, "events/s", "bare_insert", 1000 / Figures.Percentile(inserts, 0.5), largerIsBetter: true);
    }

    private static async Task MoveAsync(string connection)
    {
        var active = new Activity();
        var handovers = new List<double>();
        var node = await BenchNode.StartAsync(connection, "n0", active);
        await active.NextAsync();
        for (var round = 1; round <= 15; round++)
        {
            var next = await BenchNode.StartAsync(connection, $"n{round}", active);
            await Settled(next);
            var started = Stopwatch.GetTimestamp();
            var leaving = node.LeaveAsync();
            await active.NextAsync();
            handovers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await leaving;
            await node.KillAsync();
            node = next;
        }

        Figures.Print("handover-p50", Figures.Percentile(handovers, 0.5), "ms", "budget", 300);
        Figures.Print("handover-max", handovers.Max(), "ms", "budget", 1500);
        var takeovers = new List<double>();
        for (var round = 100; round < 104; round++)
        {
            var next = await BenchNode.StartAsync(connection, $"n{round}", active);
            await Settled(next);
            var started = Stopwatch.GetTimestamp();
            await node.KillAsync();
            await active.NextAsync();
            takeovers.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            node = next;
        }

        Figures.Print("takeover-max", takeovers.Max(), "ms", "budget", 8000);
        await node.KillAsync();
    }

    /// <summary>Until the node has renewed with everybody in view.</summary>
    private static async Task Settled(BenchNode node)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (node.View.Find(node.Key) is not { State: MemberState.Up, Beats: > 1 })
        {
            await ticks.WaitForNextTickAsync();
        }
    }

    private static Task<PostgresStore> OpenAsync(string connection) => PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = connection, Cluster = "bench" }, Time);

    private static async Task<FencingToken> TokenAsync(PostgresStore store)
    {
        var joined = (JoinResult.Joined)await store.Membership.JoinAsync(new JoinRequest("bench", Guid.NewGuid(), "bench", new NodeDescription("eu", [], "x", "0", 1, 1), TimeSpan.FromMinutes(9)));
        await store.Membership.MoveAsync(joined.Key, MemberState.Joining, MemberState.Up);
        return ((AcquireResult.Acquired)await store.Leases.AcquireAsync("bench", joined.Key)).Token;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static AppendRequest Request(string stream, long expected, FencingToken token, int events) =>
        new(stream, expected, token, Guid.CreateVersion7(), [.. Enumerable.Repeat(new JournalEntry("bench.v1", Payload), events)]);

    /// <summary>Tells when the singleton starts somewhere.</summary>
    private sealed class Activity
    {
        private readonly SemaphoreSlim _started = new(0);

        public void Start() => _started.Release();

        public Task NextAsync() => _started.WaitAsync();
    }

    private sealed class BenchNode(PostgresStore store, ClusterNode node, GrantHost host)
    {
        public ClusterView View => node.View;

        public NodeKey Key => node.Lease.Key;

        public static async Task<BenchNode> StartAsync(string connection, string name, Activity active)
        {
            var store = await OpenAsync(connection);
            var options = new ClusterNodeOptions { Node = name, Cluster = "bench", Description = new NodeDescription("eu", [], "x", "0", 1, 1) };
            var node = await ClusterNode.JoinAsync(options, store.Membership, store.Doorbell, Time, NullLogger.Instance);
            var spec = new GrantSpec("moving", async (token, cancellation) =>
            {
                await foreach (var _ in store.Journal.ReadStreamAsync("moving", 1, cancellation))
                {
                }

                active.Start();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            });
            var host = new GrantHost([spec], store.Leases, node.Lease, store.Doorbell, Time, NullLogger.Instance);
            node.Follow(host.FollowAsync);
            await node.StartAsync();
            return new BenchNode(store, node, host);
        }

        public Task<bool> LeaveAsync() => node.LeaveAsync(() => host.HandOverAsync(node.View));

        public async Task KillAsync()
        {
            await node.DisposeAsync();
            await host.DisposeAsync();
            await store.DisposeAsync();
        }
    }
}
