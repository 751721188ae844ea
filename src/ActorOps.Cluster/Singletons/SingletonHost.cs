using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Singletons;

/// <summary>
/// Takes the singletons that fall to this node, runs them inside its trust window, and hands them over. A singleton that loses its trust is
/// cancelled at the latest when the window ends; should its code go on all the same, the fence refuses what it writes.
/// </summary>
public sealed class SingletonHost : IAsyncDisposable
{
    private static readonly TimeSpan PatiencePerPlace = TimeSpan.FromSeconds(2);
    private readonly IReadOnlyList<SingletonSpec> _specs;
    private readonly ILeaseStore _leases;
    private readonly NodeLease _lease;
    private readonly IDoorbell _doorbell;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, Running> _running = [];
    private readonly Dictionary<string, long> _freeSince = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _guard;
    private bool _leaving;

    /// <summary>A host on a node whose lease is kept; have it follow the node's views.</summary>
    public SingletonHost(IReadOnlyList<SingletonSpec> specs, ILeaseStore leases, NodeLease lease, IDoorbell doorbell, TimeProvider time, ILogger log)
    {
        (_specs, _leases, _lease, _doorbell, _time, _log) = (specs, leases, lease, doorbell, time, log);
        _guard = time.CreateTimer(_ => StopUntrusted(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Names of what runs here.</summary>
    public IReadOnlyList<string> Active
    {
        get
        {
            lock (_running)
            {
                return [.. _running.Where(pair => !pair.Value.Task.IsCompleted).Select(pair => pair.Key).Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Does what a view asks for: starts what is ours, takes what is free and falls to us.</summary>
    public async Task FollowAsync(ClusterView view)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_lease.IsTrusted || _leaving)
            {
                StopUntrusted();
                return;
            }

            foreach (var spec in _specs)
            {
                await FollowAsync(spec, view).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops everything and gives it back; the successors are told.</summary>
    public async Task HandOverAsync(ClusterView view)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _leaving = true;
            await Task.WhenAll(Snapshot().Select(running => HandOverAsync(running, view))).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _guard.DisposeAsync().ConfigureAwait(false);
        foreach (var running in Snapshot())
        {
            await StopAsync(running, "the node stops").ConfigureAwait(false);
        }

        _turn.Dispose();
    }

    private List<Running> Snapshot()
    {
        lock (_running)
        {
            return [.. _running.Values];
        }
    }

    private async Task FollowAsync(SingletonSpec spec, ClusterView view)
    {
        Running? running;
        lock (_running)
        {
            running = _running.GetValueOrDefault(spec.Name);
        }

        if (running is { Task.IsCompleted: false })
        {
            return;
        }

        var grant = view.Grants.FirstOrDefault(grant => grant.Name == spec.Name);
        var isOurs = grant is { Phase: GrantPhase.Active } && grant.Holder == _lease.Key;
        if (!isOurs && !IsOurTurn(spec, grant, view))
        {
            return;
        }

        if (await _leases.AcquireAsync(spec.Name, _lease.Key).ConfigureAwait(false) is AcquireResult.Acquired acquired && _lease.IsTrusted)
        {
            Start(spec, acquired.Token);
        }
    }

    /// <summary>The best place takes a free grant at once, the next ones each a little later: so one that does not act holds nobody up.</summary>
    private bool IsOurTurn(SingletonSpec spec, Grant? grant, ClusterView view)
    {
        if (grant is { Phase: not GrantPhase.Free })
        {
            _freeSince.Remove(spec.Name);
            return false;
        }

        if (!_freeSince.TryGetValue(spec.Name, out var since))
        {
            _freeSince[spec.Name] = since = _time.GetTimestamp();
        }

        var ranked = SingletonPlacement.Rank(spec, view);
        var place = grant?.Desired == _lease.Key.Node ? 0 : ranked.ToList().IndexOf(_lease.Key.Node);
        return place >= 0 && _time.GetElapsedTime(since) >= place * PatiencePerPlace;
    }

    private void Start(SingletonSpec spec, FencingToken token)
    {
        var cancellation = CancellationTokenSource.CreateLinkedTokenSource(_lease.Fenced);
        ClusterLog.SingletonActive(_log, spec.Name, token.Epoch);
        lock (_running)
        {
            _running[spec.Name] = new Running(spec, token, cancellation, Task.Run(() => RunAsync(spec, token, cancellation.Token)));
        }
    }

    private async Task RunAsync(SingletonSpec spec, FencingToken token, CancellationToken cancellation)
    {
        try
        {
            await spec.Run(token, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // it is started again with the next view
        catch (Exception reason)
#pragma warning restore CA1031
        {
            ClusterLog.SingletonFailed(_log, spec.Name, reason);
        }
    }

    private void StopUntrusted()
    {
        if (_lease.IsTrusted)
        {
            return;
        }

        foreach (var running in Snapshot().Where(running => !running.Cancellation.IsCancellationRequested))
        {
            ClusterLog.SingletonStopped(_log, running.Spec.Name, "the node is not trusted");
            running.Cancellation.Cancel();
        }
    }

    private async Task StopAsync(Running running, string why)
    {
        ClusterLog.SingletonStopped(_log, running.Spec.Name, why);
        await running.Cancellation.CancelAsync().ConfigureAwait(false);
        await running.Task.ConfigureAwait(false);
    }

    private async Task HandOverAsync(Running running, ClusterView view)
    {
        var successor = SingletonPlacement.Rank(running.Spec, view).FirstOrDefault(node => node != _lease.Key.Node);
        if (successor is not null)
        {
            await _leases.DrainAsync(running.Token, successor).ConfigureAwait(false);
        }

        await StopAsync(running, successor is null ? "the node leaves" : $"handed to {successor}").ConfigureAwait(false);
        await _leases.ReleaseAsync(running.Token).ConfigureAwait(false);
        _doorbell.Ring();
    }

    private sealed record Running(SingletonSpec Spec, FencingToken Token, CancellationTokenSource Cancellation, Task Task);
}
