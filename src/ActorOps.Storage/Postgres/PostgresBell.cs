using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Storage.Postgres;

/// <summary>One channel of notifications. Rings close together go out as one.</summary>
internal sealed class PostgresBell(string channel, PostgresConnections connections, TimeProvider time, ILogger log, CancellationToken stop) : IDoorbell
{
    private static readonly TimeSpan AtMostEach = TimeSpan.FromMilliseconds(5);
    private readonly LocalDoorbell _here = new();
    private volatile Task _notifying = Task.CompletedTask;
    private int _ringing;

    public string Channel => channel;

    public void Ring()
    {
        _here.Ring();
        if (Interlocked.Exchange(ref _ringing, 1) == 0)
        {
            _notifying = Task.Run(NotifyAsync, CancellationToken.None);
        }
    }

    public Task WaitAsync(CancellationToken cancellation) => _here.WaitAsync(cancellation);

    /// <summary>Waits until the last ring is with the server, or cannot be.</summary>
    public Task WhenSentAsync() => _notifying;

    public void OnHeard() => _here.Ring();

    private async Task NotifyAsync()
    {
        try
        {
            await Task.Delay(AtMostEach, time, stop).ConfigureAwait(false);
            Volatile.Write(ref _ringing, 0);
            await connections.RunAsync(Lane.Work, connection => connection.ExecuteAsync($"notify {channel}")).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is JournalUnavailableException or OperationCanceledException)
        {
            Volatile.Write(ref _ringing, 0);
            StorageLog.RingLost(log, reason.Message);
        }
    }
}
