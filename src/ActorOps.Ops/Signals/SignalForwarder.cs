using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Peers;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Signals;

/// <summary>
/// Takes parcels to the nodes that have their shards. A shard on its way from one node to another has none for a moment: its lines wait, a bounded number
/// of them for a bounded time, so that neither the move nor a dead node holds up the rest of the sender's stream. What comes later for the same shard
/// waits behind them, also when this node has the shard itself by then: no line overtakes an older one. What is given up is a gap of its desk.
/// </summary>
internal sealed class SignalForwarder(IPeers peers, TimeProvider time, Action<string> onLost, ILogger log)
{
    private const int MostWaitingBytes = 16 * 1024 * 1024;
    private const long LongestWaitMs = 15_000;
    private const long LongestTurnMs = 2_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Shard, string? Desk), SignalBacklog> _backlogs = [];
    private volatile bool _hasBacklogs;
    private int _waitingBytes;

    /// <summary>True while a desk's lines for a shard wait here.</summary>
    public bool HasBacklog(string shard, string? desk)
    {
        if (!_hasBacklogs)
        {
            return false;
        }

        lock (_lock)
        {
            return _backlogs.ContainsKey((shard, desk));
        }
    }

    /// <summary>
    /// Delivers what can be delivered now, and keeps the rest for <see cref="RetryAsync"/>. No sender can cancel it: its lines count as read, and are not
    /// read again when it repeats them.
    /// </summary>
    public async Task SendAsync(IReadOnlyList<SignalParcel> parcels)
    {
        var isBehind = parcels.ToLookup(parcel => HasBacklog(parcel.Shard, parcel.Sender.Desk));
        var left = isBehind[false].Any() ? await peers.ForwardAsync([.. isBehind[false]], CancellationToken.None).ConfigureAwait(false) : [];
        await Task.WhenAll(left.Concat(isBehind[true]).Select(WaitAsync)).ConfigureAwait(false);
    }

    /// <summary>Tries what waits once more. Several times a second, and not twice at once.</summary>
    public Task RetryAsync(CancellationToken cancellation)
    {
        if (!_hasBacklogs)
        {
            return Task.CompletedTask;
        }

        List<KeyValuePair<(string Shard, string? Desk), SignalBacklog>> backlogs;
        lock (_lock)
        {
            backlogs = [.. _backlogs];
        }

        return Task.WhenAll(backlogs.Select(item => CatchUpAsync(item.Key, item.Value, cancellation)));
    }

    /// <summary>One by one, in their order, until nobody takes the next or none is left. After a while it ends all the same: what has come to wait since is due too.</summary>
    private async Task CatchUpAsync((string Shard, string? Desk) key, SignalBacklog backlog, CancellationToken cancellation)
    {
        var end = time.GetMilliseconds() + LongestTurnMs;
        try
        {
            while (time.GetMilliseconds() <= end && NextOf(key, backlog) is { } next)
            {
                var isLate = time.GetMilliseconds() - next.SinceMs > LongestWaitMs;
                if (isLate)
                {
                    Lose(next.Parcel, "nobody took its shard in time");
                }
                else if ((await peers.ForwardAsync([next.Parcel], cancellation).ConfigureAwait(false)).Count > 0)
                {
                    return;
                }

                Remove(backlog, isTaken: !isLate);
            }
        }
        finally
        {
            lock (_lock)
            {
                backlog.Rest();
            }
        }
    }

    private SignalBacklog.Waiting? NextOf((string Shard, string? Desk) key, SignalBacklog backlog)
    {
        lock (_lock)
        {
            if (backlog.Oldest is { } oldest)
            {
                return oldest;
            }

            _backlogs.Remove(key);
            _hasBacklogs = _backlogs.Count > 0;
            return null;
        }
    }

    private void Remove(SignalBacklog backlog, bool isTaken)
    {
        lock (_lock)
        {
            _waitingBytes -= backlog.Oldest!.Parcel.Lines.Length;
            backlog.RemoveOldest(isTaken);
        }
    }

    private Task WaitAsync(SignalParcel parcel)
    {
        lock (_lock)
        {
            if (_waitingBytes + parcel.Lines.Length <= MostWaitingBytes)
            {
                var key = (parcel.Shard, parcel.Sender.Desk);
                if (!_backlogs.TryGetValue(key, out var backlog))
                {
                    _backlogs.Add(key, backlog = new SignalBacklog());
                    _hasBacklogs = true;
                }

                // The sender's buffer is its own again when this returns.
                _waitingBytes += parcel.Lines.Length;
                return backlog.Add(parcel with { Lines = parcel.Lines.ToArray() }, time.GetMilliseconds());
            }
        }

        Lose(parcel, "too much waits");
        return Task.CompletedTask;
    }

    private void Lose(SignalParcel parcel, string why)
    {
        SignalLog.Lost(log, parcel.Lines.Length, parcel.Shard, why);
        if (parcel.Sender.Desk is not null)
        {
            onLost(parcel.Sender.Desk);
        }
    }
}
