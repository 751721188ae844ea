using System.Threading.Channels;
using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ActorOps.Storage.Sqlite;

/// <summary>
/// The one thread that writes. What queues up while a commit is on its way to the disk goes into the next transaction together (group
/// commit). When a group fails, its units are tried one by one, so that a bad one costs only itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestGroup = 512;
    private readonly Channel<SqliteWrite> _queue = Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(16_384) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SqliteWriter(SqliteConnection connection, ILogger log)
    {
        _connection = connection;
        _begin = connection.Command("begin immediate");
        _commit = connection.Command("commit");
        _log = log;
        new Thread(Run) { IsBackground = true, Name = "sqlite-writer" }.Start();
    }

    /// <summary>Raised on the writer's thread after a rollback: caches of what was about to be stored are void.</summary>
    public event Action? RolledBack;

    public async ValueTask EnqueueAsync(SqliteWrite write, CancellationToken cancellation)
    {
        try
        {
            await _queue.Writer.WriteAsync(write, cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new JournalUnavailableException("The store is closed.", closed);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        var group = new List<SqliteWrite>(LargestGroup);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < LargestGroup && _queue.Reader.TryRead(out var write))
            {
                group.Add(write);
            }

            if (!TryCommit(group, alone: group.Count == 1))
            {
                foreach (var write in group)
                {
                    TryCommit([write], alone: true);
                }
            }

            group.Clear();
        }

        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
        _ended.TrySetResult();
    }

    private bool TryCommit(List<SqliteWrite> group, bool alone)
    {
        try
        {
            _begin.ExecuteNonQuery();
            foreach (var write in group)
            {
                write.Execute(_connection);
            }

            _commit.ExecuteNonQuery();
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            RollBack();
            if (!alone)
            {
                return false;
            }

            StorageLog.WriteFailed(_log, error);
            group[0].Failed(new JournalUnavailableException($"The store could not write: {error.Message}", error));
            return true;
        }

        foreach (var write in group)
        {
            write.Committed();
        }

        return true;
    }

    /// <summary>A full disk makes SQLite roll back by itself; then there is nothing left to roll back.</summary>
    private void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            _connection.Execute("rollback");
        }

        RolledBack?.Invoke();
    }
}
