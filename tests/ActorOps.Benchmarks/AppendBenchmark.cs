using System.Diagnostics;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Benchmarks;

internal static class AppendBenchmark
{
    private const string Payload = """{"$type":"bench.v1","text":"about three hundred bytes of payload, as an event of this product has, with some more text to fill it up to that length, and some more, and some more still, until it is about as long as the events that a supervisor or the kill switch writes into the journal when something happens"}""";

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("actorops-bench-").FullName;
        await using (var store = SqliteStore.Open(Path.Combine(folder, "store.db"), TimeProvider.System, NullLogger.Instance))
        {
            var single = await SingleAsync(store);
            var bare = Bare(Path.Combine(folder, "bare.db"));
            Figures.Print("append-single-p50", single, "ms", "bare_insert_commit_p50", bare);
            Figures.Print("append-group", await GroupAsync(store), "events/s", "bare_insert_commit", 1000 / bare, largerIsBetter: true);
        }

        Directory.Delete(folder, true);
    }

    private static async Task<double> SingleAsync(SqliteStore store)
    {
        var times = new List<double>();
        for (var i = 0; i < 2000; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await store.Journal.AppendAsync(Request(store, "single", i));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Figures.Percentile(times, 0.5);
    }

    private static async Task<double> GroupAsync(SqliteStore store)
    {
        const int writers = 256;
        const int each = 400;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
            {
                await store.Journal.AppendAsync(Request(store, $"w{writer}", i));
            }
        })));
        return writers * each / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static double Bare(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var setup = connection.CreateCommand();
        setup.CommandText = "pragma journal_mode=wal; pragma synchronous=full; create table t(id integer primary key, payload text)";
        setup.ExecuteNonQuery();
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into t(payload) values (@payload)";
        insert.Parameters.AddWithValue("@payload", Payload);
        var times = new List<double>();
        for (var i = 0; i < 2000; i++)
        {
            var started = Stopwatch.GetTimestamp();
            insert.ExecuteNonQuery();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return Figures.Percentile(times, 0.5);
    }

    private static AppendRequest Request(SqliteStore store, string stream, int sequence) =>
        new(stream, sequence, new FencingToken("bench", store.Epoch), Guid.CreateVersion7(), [new JournalEntry("bench.v1", Payload)]);
}
