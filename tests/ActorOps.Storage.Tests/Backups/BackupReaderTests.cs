using System.IO.Compression;
using System.Text;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using ActorOps.Storage.Backups;
using ActorOps.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace ActorOps.Storage.Tests.Backups;

public sealed class BackupReaderTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteStore _store = null!;

    public Task InitializeAsync()
    {
        _store = SqliteStore.Open(_directory.File("store.db"), TimeProvider.System, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task What_is_restored_is_what_was_there_with_a_higher_generation_and_old_tokens_void()
    {
        var token = await FillAsync(20);
        var made = await _store.BackUpAsync(_directory.File("a.backup"));
        Assert.Equal((20, 1, 1), (made.Events, made.Snapshots, made.Messages));
        Assert.Equal(made, BackupReader.Verify(_directory.File("a.backup")));
        Assert.Equal(made, SqliteStore.Restore(_directory.File("restored.db"), _directory.File("a.backup")));
        await using var restored = SqliteStore.Open(_directory.File("restored.db"), TimeProvider.System, NullLogger.Instance);
        Assert.True(restored.Generation > _store.Generation);
        Assert.Equal(await RowsAsync(_store), await RowsAsync(restored));
        Assert.Null(await restored.Journal.VerifyChainAsync("s"));
        Assert.Equal("state", (await restored.Snapshots.LoadAsync("s"))!.Payload);
        Assert.Single(await restored.Outbox.ReadPendingAsync("desk/a", 10));
        Assert.IsType<AppendResult.Fenced>(await restored.Journal.AppendAsync(Request(20, token)));
        Assert.IsType<AppendResult.Appended>(await restored.Journal.AppendAsync(Request(20, new FencingToken("other", restored.Epoch))));
    }

    [Fact]
    public async Task A_backup_under_load_holds_a_whole_beginning_and_holds_nobody_up()
    {
        using var stop = new CancellationTokenSource();
        var stored = 0L;
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                stored = ((AppendResult.Appended)await _store.Journal.AppendAsync(Request(stored, null))).LastSequenceNumber;
            }
        });
        for (var round = 0; round < 5; round++)
        {
            var before = Volatile.Read(ref stored);
            var made = await _store.BackUpAsync(_directory.File($"{round}.backup"));
            Assert.InRange(made.Events, before, Volatile.Read(ref stored) + 1);
            Assert.Equal(made, BackupReader.Verify(_directory.File($"{round}.backup")));
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public async Task Every_kind_of_damage_is_found_and_nothing_of_it_is_restored()
    {
        await FillAsync(5);
        await _store.BackUpAsync(_directory.File("good.backup"));
        var lines = Lines(_directory.File("good.backup"));
        Damaged("cut.backup", lines[..^1], "the end is missing");
        Damaged("missing.backup", [.. lines[..2], .. lines[3..]], "does not follow");
        Damaged("changed.backup", [.. lines.Select((line, at) => at == 3 ? line.Replace("payload-2", "payload-X", StringComparison.Ordinal) : line)], "does not follow");
        Damaged("snapshot.backup", [.. lines.Select(line => line.Replace("\"state\"", "\"other\"", StringComparison.Ordinal))], "checksum");
        Damaged("count.backup", [.. lines.Where(line => !line.Contains("\"is\":\"snapshot\"", StringComparison.Ordinal))], "it counts");
        Damaged("rubbish.backup", [lines[0], "not json", .. lines[1..]], "not a record");
        Damaged("newer.backup", [lines[0].Replace("\"Format\":1", "\"Format\":9", StringComparison.Ordinal), .. lines[1..]], "format is 9");
        File.WriteAllText(_directory.File("plain.backup"), "no gzip at all");
        Assert.Throws<BackupDamagedException>(() => BackupReader.Verify(_directory.File("plain.backup")));
        var torn = File.ReadAllBytes(_directory.File("good.backup"));
        File.WriteAllBytes(_directory.File("torn.backup"), torn[..(torn.Length / 2)]);
        Assert.Throws<BackupDamagedException>(() => BackupReader.Verify(_directory.File("torn.backup")));
    }

    [Fact]
    public async Task An_existing_store_is_never_written_over_and_a_backup_neither()
    {
        await FillAsync(1);
        await _store.BackUpAsync(_directory.File("a.backup"));
        Assert.Contains("move it away first", Assert.Throws<StoreRefusedException>(() => SqliteStore.Restore(_directory.File("store.db"), _directory.File("a.backup"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<IOException>(() => _store.BackUpAsync(_directory.File("a.backup")));
        Assert.Equal(1, BackupReader.Verify(_directory.File("a.backup")).Events);
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.new"));
    }

    [Fact]
    public async Task A_disk_that_fills_up_leaves_nothing_behind()
    {
        await FillAsync(1);
        await Assert.ThrowsAnyAsync<IOException>(() => _store.BackUpAsync("/dev/full/x.backup"));
    }

    private void Damaged(string name, IEnumerable<string> lines, string what)
    {
        using (var file = File.Create(_directory.File(name)))
        using (var compressed = new GZipStream(file, CompressionLevel.Fastest))
        {
            compressed.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        }

        Assert.Contains(what, Assert.Throws<BackupDamagedException>(() => BackupReader.Verify(_directory.File(name))).Message, StringComparison.Ordinal);
        Assert.Throws<BackupDamagedException>(() => SqliteStore.Restore(_directory.File(name + ".db"), _directory.File(name)));
        Assert.Empty(Directory.GetFiles(_directory.Path, name + ".db*"));
    }

    private static string[] Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return plain.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<List<JournalRecord>> RowsAsync(SqliteStore store) => [.. (await store.Journal.ReadFeedAsync(null, 1000)).Select(record => record with { Cursor = string.Empty })];

    private static AppendRequest Request(long expected, FencingToken? token) =>
        new("s", expected, token, Guid.CreateVersion7(), [new JournalEntry("test.v1", $"payload-{expected}")]) { TraceId = expected % 2 == 0 ? "t" : null, Drill = expected % 3 == 0 };

    private async Task<FencingToken> FillAsync(int events)
    {
        var joined = (JoinResult.Joined)await _store.Membership.JoinAsync(new JoinRequest("n", Guid.NewGuid(), "c", new NodeDescription("eu", [], "x", "0", 1, 1), TimeSpan.FromMinutes(1)));
        await _store.Membership.MoveAsync(joined.Key, MemberState.Joining, MemberState.Up);
        var token = ((AcquireResult.Acquired)await _store.Leases.AcquireAsync("g", joined.Key)).Token;
        for (var n = 0; n < events; n++)
        {
            await _store.Journal.AppendAsync(Request(n, token) with { Outbox = n == 0 ? [new OutboxMessage(Guid.CreateVersion7(), "desk/a", "{}")] : [] });
        }

        await _store.Snapshots.SaveAsync(new Snapshot("s", events, "state"));
        return token;
    }
}
