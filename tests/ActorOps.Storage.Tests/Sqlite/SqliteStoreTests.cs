using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Path => _directory.File("store.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_open_raises_the_epoch_so_an_earlier_writer_is_fenced()
    {
        await using (var first = Open())
        {
            Assert.Equal((1L << 32) | 1, first.Epoch);
            await first.Journal.AppendAsync(Request(0, first.Epoch));
        }

        await using var second = Open();
        Assert.Equal((2L << 32) | 1, second.Epoch);
        Assert.Equal(new AppendResult.Fenced(second.Epoch), await second.Journal.AppendAsync(Request(1, (1L << 32) | 1)));
        Assert.Equal(new AppendResult.Appended(2), await second.Journal.AppendAsync(Request(1, second.Epoch)));
    }

    [Fact]
    public void The_bundled_library_is_3_50_or_newer()
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select sqlite_version()";
        Assert.True(Version.Parse((string)command.ExecuteScalar()!) >= new Version(3, 50), $"SQLite {connection.ServerVersion} is bundled");
    }

    [Fact]
    public void A_file_that_is_not_a_database_is_refused_and_left_alone()
    {
        File.WriteAllText(Path, new string('x', 8192));
        var error = Assert.Throws<StoreRefusedException>(() => Open());
        Assert.Contains(Path, error.Message, StringComparison.Ordinal);
        Assert.Equal(new string('x', 8192), File.ReadAllText(Path));
    }

    [Fact]
    public async Task A_damaged_page_is_refused()
    {
        await using (var store = Open())
        {
            for (var i = 0; i < 50; i++)
            {
                await store.Journal.AppendAsync(Request(i, store.Epoch));
            }
        }

        SqliteConnection.ClearAllPools();
        using (var file = File.OpenWrite(Path))
        {
            file.Seek(4096 * 3, SeekOrigin.Begin);
            file.Write(new byte[4096 * 4]);
        }

        Assert.Throws<StoreRefusedException>(() => Open());
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await Open().DisposeAsync();
        using (var connection = new SqliteConnection($"Data Source={Path}"))
        {
            connection.Open();
            connection.Execute("insert into schema_version(version) values (999)");
        }

        var error = Assert.Throws<StoreRefusedException>(() => Open());
        Assert.Contains("newer version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_row_breaks_the_hash_chain_at_its_place()
    {
        await using var store = Open();
        for (var i = 0; i < 3; i++)
        {
            await store.Journal.AppendAsync(Request(i, store.Epoch));
        }

        using (var connection = new SqliteConnection($"Data Source={Path}"))
        {
            connection.Open();
            connection.Execute("update journal set payload = 'forged' where seq = 2");
        }

        Assert.Equal(2, await store.Journal.VerifyChainAsync("s"));
    }

    [Fact]
    public async Task A_full_store_fails_the_append_and_the_next_one_succeeds_once_there_is_room()
    {
        using var small = SmallDisk.TryMount("256k");
        if (small is null)
        {
            return;
        }

        await using var store = SqliteStore.Open(System.IO.Path.Combine(small.Path, "store.db"), TimeProvider.System, NullLogger.Instance);
        var ballast = System.IO.Path.Combine(small.Path, "ballast");
        var sequence = 0L;
        Assert.IsType<AppendResult.Appended>(await store.Journal.AppendAsync(Request(sequence++, store.Epoch)));
        SmallDisk.Fill(ballast);
        await Assert.ThrowsAsync<JournalUnavailableException>(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await store.Journal.AppendAsync(Request(sequence, store.Epoch));
                sequence++;
            }
        });
        File.Delete(ballast);
        Assert.Equal(new AppendResult.Appended(sequence + 1), await store.Journal.AppendAsync(Request(sequence, store.Epoch)));
    }

    private static AppendRequest Request(long expected, long epoch) =>
        new("s", expected, new FencingToken("g", epoch), Guid.CreateVersion7(), [new JournalEntry("k", new string('p', 2000))]);

    private SqliteStore Open() => SqliteStore.Open(Path, TimeProvider.System, NullLogger.Instance);
}
