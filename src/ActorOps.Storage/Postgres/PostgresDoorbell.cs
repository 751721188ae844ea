using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// LISTEN and NOTIFY, without a payload, on connections of their own: a notification inside an append's transaction would make all appends of the
/// server wait for one another. A ring may get lost while the server restarts; a waiter also looks by itself. Two bells: members and grants,
/// which make nodes renew early, and the journal, which rings far more often and must not.
/// </summary>
internal sealed class PostgresDoorbell : IAsyncDisposable
{
    private static readonly TimeSpan LastRingWithin = TimeSpan.FromSeconds(1);
    private readonly PostgresConnections _connections;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly PostgresBell _cluster;
    private readonly PostgresBell _journal;
    private readonly Task _listening;

    public PostgresDoorbell(PostgresConnections connections, TimeProvider time, ILogger log)
    {
        (_connections, _time) = (connections, time);
        _cluster = new PostgresBell("actorops", connections, time, log, _stop.Token);
        _journal = new PostgresBell("actorops_journal", connections, time, log, _stop.Token);
        _listening = Task.Run(ListenAsync);
    }

    public IDoorbell Cluster => _cluster;

    public IDoorbell Journal => _journal;

    /// <summary>Who leaves rings last, so that goes out first, if the server answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_cluster.WhenSentAsync(), _journal.WhenSentAsync()).WaitAsync(LastRingWithin, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
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
                    connection.Notification += (_, e) => (e.Channel == _journal.Channel ? _journal : _cluster).OnHeard();
                    await connection.ExecuteAsync($"listen {_cluster.Channel}; listen {_journal.Channel}").ConfigureAwait(false);
                    _cluster.OnHeard();
                    _journal.OnHeard();
                    while (true)
                    {
                        await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
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
