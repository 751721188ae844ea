using ActorOps.Client.Wording;
using ActorOps.Cluster.Membership;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Leases;

/// <summary>
/// Keeps one life of this node alive in the store, and knows how far that may be believed. Whether the node is trusted is read, not told: after a
/// pause of the process the answer is right before any timer has run.
/// </summary>
public sealed class NodeLease : IDisposable
{
    private readonly IMembershipTable _table;
    private readonly TimeSpan _ttl;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _fenced = new();
    private long _trustedUntil;
    private volatile bool _isOver;

    /// <summary>A lease for a life that has joined; <paramref name="joinStarted"/> is the timestamp before the join was sent. <paramref name="time"/> must count through suspend.</summary>
    public NodeLease(IMembershipTable table, NodeKey key, TimeSpan ttl, long joinStarted, TimeProvider time, ILogger log)
    {
        (_table, Key, _ttl, _time, _log) = (table, key, ttl, time, log);
        _trustedUntil = new LeaseTerm(joinStarted, ttl).TrustedUntil(time);
    }

    /// <summary>Which life.</summary>
    public NodeKey Key { get; }

    /// <summary>Timestamp up to which the node may act on what it has been granted.</summary>
    public long TrustedUntil => Volatile.Read(ref _trustedUntil);

    /// <summary>True while the node may act on what it has been granted. Read it last, right before the effect.</summary>
    public bool IsTrusted => !_fenced.IsCancellationRequested && _time.GetTimestamp() < TrustedUntil;

    /// <summary>Cancelled once the store has said that this life is over.</summary>
    public CancellationToken Fenced => _fenced.Token;

    /// <summary>One renewal, on the caller's thread. Null when the store did not answer, or has ended this life.</summary>
    public ClusterView? Renew()
    {
        var started = _time.GetTimestamp();
        try
        {
            switch (_table.Renew(Key))
            {
                case RenewResult.Renewed renewed:
                    Volatile.Write(ref _trustedUntil, Math.Max(TrustedUntil, new LeaseTerm(started, _ttl).TrustedUntil(_time)));
                    return renewed.View;
                case RenewResult.Fenced when _isOver:
                    break;
                case RenewResult.Fenced fenced:
                    Fence(fenced.Why);
                    break;
            }
        }
#pragma warning disable CA1031 // whatever went wrong, the term runs on or ends by itself, and the next attempt must be made
        catch (Exception reason)
#pragma warning restore CA1031
        {
            ClusterLog.RenewalFailed(_log, reason.Message, DurationText.Ending(_time.GetElapsedTime(_time.GetTimestamp(), TrustedUntil)));
        }

        return null;
    }

    /// <summary>The store has said that this life is over.</summary>
    public void Fence(string why)
    {
        if (!_fenced.IsCancellationRequested)
        {
            ClusterLog.Fenced(_log, why);
            _ = _fenced.CancelAsync();
        }
    }

    /// <summary>The node leaves by its own will: that the store ends this life is what it has asked for, and no reason to be fenced.</summary>
    public void End() => _isOver = true;

    /// <inheritdoc/>
    public void Dispose() => _fenced.Dispose();
}
