using ActorOps.Kernel.Persistence;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// One database server, with pools kept apart so that a flood of appends never delays a renewal. The driver's own timeouts are not deadlines: a
/// server that is stopped holds a call for as long as it likes, and cancelling a call under synchronous replication makes it look stored. So calls
/// run to their own end, only the wait for them is bounded, and one that is given up on is left alone.
/// </summary>
internal sealed class PostgresHost : IAsyncDisposable
{
    private const int MostAbandoned = 3;
    private readonly NpgsqlDataSource _work;
    private readonly NpgsqlDataSource _lease;
    private readonly string _alone;
    private readonly TimeProvider _time;
    private int _abandoned;

    public PostgresHost(NpgsqlConnectionStringBuilder template, string host, int port, int connections, TimeProvider time)
    {
        (Name, _time) = ($"{host}:{port}", time);
        _work = NpgsqlDataSource.Create(Settings(template, host, port, connections, "actorops"));
        _lease = NpgsqlDataSource.Create(Settings(template, host, port, 4, "actorops-lease"));
        var alone = Settings(template, host, port, 1, "actorops-alone");
        alone.Pooling = false;
        alone.KeepAlive = 5;
        _alone = alone.ConnectionString;
    }

    public string Name { get; }

    /// <summary>Why the latest look at it failed; null when it did not.</summary>
    public string? LastFailure { get; set; }

    public Task<T> RunAsync<T>(Lane lane, Func<NpgsqlConnection, Task<T>> work, TimeSpan limit)
    {
        ThrowIfStuck();
        return BoundAsync(Task.Run(() => CallAsync(lane == Lane.Lease ? _lease : _work, work)), limit);
    }

    /// <summary>
    /// A renewal: a blocking call on a thread of its own, for which the caller's thread waits. The thread pool has no part in it: its queue may be long just when the
    /// renewal counts.
    /// </summary>
    public T Run<T>(Func<NpgsqlConnection, T> work, TimeSpan limit)
    {
        ThrowIfStuck();
        var call = new TaskCompletionSource<T>();
        new Thread(() => Call(work, call)) { IsBackground = true, Name = "renewal" }.Start();
        if (Task.WaitAny([call.Task], limit) == 0)
        {
            return call.Task.GetAwaiter().GetResult();
        }

        Abandon(call.Task, counted: true);
        throw new JournalUnavailableException($"{Name} did not answer within {limit.TotalMilliseconds:0} ms.");
    }

    /// <summary>For the prober, which keeps asking a server that does not answer.</summary>
    public Task<T> ProbeAsync<T>(Func<NpgsqlConnection, Task<T>> work, TimeSpan limit) => BoundAsync(Task.Run(() => CallAsync(_lease, work)), limit, counted: false);

    public async Task<NpgsqlConnection> OpenAloneAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(_alone);
        var opening = connection.OpenAsync(CancellationToken.None);
        try
        {
            await opening.WaitAsync(TimeSpan.FromSeconds(2), _time, cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (Exception reason) when (reason is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(_ => connection.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw reason is TimeoutException ? new JournalUnavailableException($"{Name} did not accept a connection within 2 s.", reason) : reason;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync().ConfigureAwait(false);
        await _lease.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlConnectionStringBuilder Settings(NpgsqlConnectionStringBuilder template, string host, int port, int connections, string name) =>
        new(template.ConnectionString)
        {
            Host = host,
            Port = port,
            Timeout = 2,
            CommandTimeout = 0,
            CancellationTimeout = -1,
            KeepAlive = 2,
            GssEncryptionMode = GssEncryptionMode.Disable,
            MaxPoolSize = connections,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            ApplicationName = name,
            Options = "-c statement_timeout=1500 -c lock_timeout=1000 -c idle_in_transaction_session_timeout=2000",
        };

    private void Call<T>(Func<NpgsqlConnection, T> work, TaskCompletionSource<T> answer)
    {
        try
        {
            using var connection = _lease.OpenConnection();
            var unreplicated = false;
            void OnNotice(object sender, NpgsqlNoticeEventArgs e) => unreplicated |= IsUnreplicated(e.Notice);
            connection.Notice += OnNotice;
            try
            {
                var result = work(connection);
                answer.TrySetResult(unreplicated ? throw Unreplicated() : result);
            }
            finally
            {
                connection.Notice -= OnNotice;
            }
        }
        catch (NpgsqlException error)
        {
            answer.TrySetException(new JournalUnavailableException($"The database refused or did not answer: {error.Message}", error));
        }
#pragma warning disable CA1031 // the thread is of this call alone: what it meets is the caller's to know
        catch (Exception error)
#pragma warning restore CA1031
        {
            answer.TrySetException(error);
        }
    }

    private static bool IsUnreplicated(PostgresNotice notice) => notice.SqlState == "01000" && notice.MessageText.Contains("synchronous replication", StringComparison.Ordinal);

    private static JournalUnavailableException Unreplicated() => new("The database gave up waiting for its standby: the outcome is unknown.");

    private static async Task<T> CallAsync<T>(NpgsqlDataSource source, Func<NpgsqlConnection, Task<T>> work)
    {
        try
        {
            var connection = await source.OpenConnectionAsync().ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var unreplicated = false;
                void OnNotice(object sender, NpgsqlNoticeEventArgs e) => unreplicated |= IsUnreplicated(e.Notice);
                connection.Notice += OnNotice;
                try
                {
                    var result = await work(connection).ConfigureAwait(false);
                    return unreplicated ? throw Unreplicated() : result;
                }
                finally
                {
                    connection.Notice -= OnNotice;
                }
            }
        }
        catch (NpgsqlException error) when (error is not PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new JournalUnavailableException($"The database refused or did not answer: {error.Message}", error);
        }
    }

    private async Task<T> BoundAsync<T>(Task<T> call, TimeSpan limit, bool counted = true)
    {
        try
        {
            return await call.WaitAsync(limit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException timeout)
        {
            Abandon(call, counted);
            throw new JournalUnavailableException($"{Name} did not answer within {limit.TotalMilliseconds:0} ms.", timeout);
        }
    }

    /// <summary>A call that is given up on is left alone, and counts until it ends by itself.</summary>
    private void Abandon(Task call, bool counted)
    {
        Interlocked.Add(ref _abandoned, counted ? 1 : 0);
        _ = call.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                Interlocked.Add(ref _abandoned, counted ? -1 : 0);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void ThrowIfStuck()
    {
        if (Volatile.Read(ref _abandoned) >= MostAbandoned)
        {
            throw new JournalUnavailableException($"{Name} has not answered {MostAbandoned} calls; no further ones are made until one of them ends.");
        }
    }
}
