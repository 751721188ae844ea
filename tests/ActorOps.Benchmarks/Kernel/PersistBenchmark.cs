using System.Diagnostics;
using System.Text.Json.Serialization;
using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks.Kernel;

/// <summary>An event-sourced actor on SQLite: one event a command, a hundred a command, and its recovery from a million events.</summary>
internal static partial class PersistBenchmark
{
    private const int Single = 2000;
    private const int Batches = 200;
    private const int Recovered = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("actorops-bench-").FullName;
        await using (var store = SqliteStore.Open(Path.Combine(folder, "store.db"), TimeProvider.System, NullLogger.Instance))
        {
            var system = new ActorSystem(TimeProvider.System, NullLoggerFactory.Instance);
            var counter = Counter(system, store, "bench", snapshots: false);
            var single = await CommandsAsync(counter, Single, 1);
            var batch = await CommandsAsync(counter, Batches, 100);
            Figures.Print("persist-single-p50", Figures.Percentile(single, 0.5), "ms", "bare_insert_commit_p50", Bare(Path.Combine(folder, "bare1.db"), Single, 1));
            Figures.Print("persist-batch-of-100-p50", Figures.Percentile(batch, 0.5), "ms", "bare_100_inserts_commit_p50", Bare(Path.Combine(folder, "bare2.db"), Batches, 100));
            await RecoverAsync(system, store, Path.Combine(folder, "store.db"));
            await system.StopAsync();
        }

        Directory.Delete(folder, true);
    }

    private static async Task RecoverAsync(ActorSystem system, SqliteStore store, string path)
    {
        var token = new FencingToken("bench", store.Epoch);
        var entries = Enumerable.Repeat(new JournalEntry("bench.added.v1", """{"$type":"bench.added.v1","Amount":1}"""), 1000).ToList();
        for (var at = 0; at < Recovered; at += entries.Count)
        {
            await store.Journal.AppendAsync(new AppendRequest("million", at, token, Guid.CreateVersion7(), entries));
        }

        var bare = ReadBare(path);
        var full = await StartAsync(Counter(system, store, "million", snapshots: true));
        Figures.Print("recovery-1M-events", full, "ms", "bare_select_1M_rows", bare);

        // The first run left a snapshot at its first command; the second reads it and the one event after.
        var snapshot = await StartAsync(Counter(system, store, "million", snapshots: true));
        Figures.Print("recovery-1M-events-snapshot", snapshot, "ms", "budget", 300);
    }

    private static ActorRef Counter(ActorSystem system, SqliteStore store, string stream, bool snapshots) => system.ActorOf(Props.Create(() => new BenchCounter(
        stream, new EventSourcedOptions { Journal = store.Journal, Snapshots = snapshots ? store.Snapshots : null, Token = new FencingToken("bench", store.Epoch) })));

    private static async Task<List<double>> CommandsAsync(ActorRef counter, int commands, int events)
    {
        var times = new List<double>();
        for (var i = 0; i < commands; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await counter.Ask<long>(events, Limit, TimeProvider.System);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<double> StartAsync(ActorRef counter)
    {
        var started = Stopwatch.GetTimestamp();
        await counter.Ask<long>("total", Limit, TimeProvider.System);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        await counter.Ask<long>(1, Limit, TimeProvider.System);
        await counter.GracefulStop(Limit, TimeProvider.System);
        return elapsed;
    }

    private static double ReadBare(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        var started = Stopwatch.GetTimestamp();
        using var select = connection.CreateCommand();
        select.CommandText = "select seq, kind, payload from journal where stream = 'million' order by seq";
        using var reader = select.ExecuteReader();
        long length = 0;
        while (reader.Read())
        {
            length += reader.GetInt64(0) + reader.GetString(1).Length + reader.GetString(2).Length;
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Bare(string path, int commits, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "pragma journal_mode=wal; pragma synchronous=full; create table t(id integer primary key, payload text)";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into t(payload) values (@payload)";
        insert.Parameters.AddWithValue("@payload", new string('x', 60));
        var times = new List<double>();
        for (var i = 0; i < commits; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var row = 0; row < rows; row++)
            {
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Figures.Percentile(times, 0.5);
    }

    internal sealed record BenchState(long Total);

    [JsonDerivedType(typeof(Added), "bench.added.v1")]
    internal abstract record BenchEvent
    {
        public sealed record Added(int Amount) : BenchEvent;
    }

    [JsonSerializable(typeof(BenchEvent))]
    [JsonSerializable(typeof(BenchState))]
    internal sealed partial class BenchJson : JsonSerializerContext;

    private sealed class BenchCounter(string stream, EventSourcedOptions options)
        : EventSourcedActor<BenchState, BenchEvent>(options, new JsonEventCodec<BenchEvent>(BenchJson.Default.BenchEvent), BenchJson.Default.BenchState)
    {
        protected override string StreamId => stream;

        protected override BenchState InitialState => new(0);

        protected override BenchState Apply(BenchState state, BenchEvent e) => e is BenchEvent.Added added ? new BenchState(state.Total + added.Amount) : throw new InvalidOperationException();

        protected override async ValueTask ReceiveCommand(object message)
        {
            var sender = Sender;
            if (message is int events)
            {
                await PersistAsync(Guid.CreateVersion7(), [.. Enumerable.Repeat(new BenchEvent.Added(1), events)]);
            }

            sender.Tell(State.Total);
        }
    }
}
