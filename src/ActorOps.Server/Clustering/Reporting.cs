using System.Collections.Concurrent;
using System.Text.Json;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Ops;
using ActorOps.Ops.Peers;

namespace ActorOps.Server.Clustering;

/// <summary>Tells the others what this node's supervisors hold, each second and as soon as it changes; one report a peer is on its way at a time.</summary>
internal sealed class Reporting : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);
    private readonly LinkHub _links;
    private readonly OpsSystem _ops;
    private readonly NodeKey _self;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _changed = new(0, 1);
    private readonly ConcurrentDictionary<PeerLink, Task> _sending = new();
    private readonly Dictionary<string, long> _without = [];
    private IReadOnlyList<Ops.KillSwitches.HeldScope> _last = [];

    public Reporting(LinkHub links, OpsSystem ops, NodeKey self, TimeProvider time)
    {
        (_links, _ops, _self, _time) = (links, ops, self, time);
        ops.Board.Changed += OnChanged;
    }

    /// <summary>Waits a second, or for a change, and reports.</summary>
    public async Task TurnAsync(CancellationToken cancellation)
    {
        await _changed.WaitAsync(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
        var body = JsonSerializer.SerializeToUtf8Bytes(_ops.Reports.Make(_self.Incarnation), PeerJson.Default.SupervisionReport);
        var isBusy = false;
        foreach (var link in _links.Links)
        {
            if (_sending.TryGetValue(link, out var running) && !running.IsCompleted)
            {
                isBusy = true;
                continue;
            }

            _sending[link] = SendAsync(link, body, cancellation);
        }

        if (isBusy)
        {
            // A peer that was still at the one before gets this change in a moment.
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellation).ConfigureAwait(false);
            Hurry();
        }

        foreach (var gone in _sending.Keys.Except(_links.Links).ToList())
        {
            _sending.TryRemove(gone, out _);
        }
    }

    /// <summary>Lets go of the holds of nodes that hold no shard any more, once who has taken over has had time to look for itself.</summary>
    public void ForgetTheGone(ClusterView view)
    {
        var holders = view.Grants.Select(grant => grant.Holder?.Node).OfType<string>().ToHashSet();
        foreach (var node in _ops.Reports.Nodes)
        {
            if (holders.Contains(node) || view.Members.Any(member => member.Key.Node == node && member.State.IsAlive()))
            {
                _without.Remove(node);
            }
            else if (!_without.TryGetValue(node, out var since))
            {
                _without[node] = _time.GetTimestamp();
            }
            else if (_time.GetElapsedTime(since) > Overlap)
            {
                _without.Remove(node);
                _ops.Reports.Forget(node);
            }
        }
    }

    public void Dispose()
    {
        _ops.Board.Changed -= OnChanged;
        _changed.Dispose();
    }

    private static async Task SendAsync(PeerLink link, byte[] body, CancellationToken cancellation)
    {
        try
        {
            await link.CallAsync("report", body, Within, cancellation).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is LinkException or OperationCanceledException)
        {
            // The next one says the same.
        }
    }

    private void OnChanged()
    {
        var holds = _ops.Board.LocalHolds;
        if (holds.Count == _last.Count && holds.SequenceEqual(_last))
        {
            return;
        }

        _last = holds;
        Hurry();
    }

    private void Hurry()
    {
        try
        {
            _changed.Release();
        }
        catch (Exception full) when (full is SemaphoreFullException or ObjectDisposedException)
        {
            // It is due already, or the node ends.
        }
    }
}
