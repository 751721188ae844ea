using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// LISTEN and NOTIFY, without a payload, on connections of their own: a notification inside an append's transaction would make all appends of the
/// server wait for one another. A ring may get lost while the server restarts; whoever waits for one also looks by itself.
/// </summary>
internal sealed class PostgresDoorbell : IDoorbell, IAsyncDisposable
{
    private static readonly TimeSpan AtMostEach = TimeSpan.FromMilliseconds(5);
    private readonly LocalDoorbell _here = new();
    private readonly PostgresConnections _connections;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private int _ringing;

    public PostgresDoorbell(PostgresConnections connections, TimeProvider time, ILogger log)
    {
        (_connections, _time, _log) = (connections, time, log);
        _listening = Task.Run(ListenAsync);
    }

    public void Ring()
    {
        _here.Ring();
        if (Interlocked.Exchange(ref _ringing, 1) == 0)
        {
            _ = Task.Run(NotifyAsync);
        }
    }

    public Task WaitAsync(CancellationToken cancellation) => _here.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task NotifyAsync()
    {
        try
        {
            await Task.Delay(AtMostEach, _time, _stop.Token).ConfigureAwait(false);
            Volatile.Write(ref _ringing, 0);
            await _connections.RunAsync(Lane.Work, static connection => connection.ExecuteAsync("notify actorops")).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is JournalUnavailableException or OperationCanceledException)
        {
            Volatile.Write(ref _ringing, 0);
            StorageLog.RingLost(_log, reason.Message);
        }
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var connection = await _connections.OpenAloneAsync(_stop.Token).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await connection.ExecuteAsync("listen actorops").ConfigureAwait(false);
                    _here.Ring();
                    while (true)
                    {
                        await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
                        _here.Ring();
                    }
                }
            }
            catch (Exception reason) when (reason is NpgsqlException or JournalUnavailableException or OperationCanceledException or IOException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 + Random.Shared.Next(300)), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
