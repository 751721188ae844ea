using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Grants;

/// <summary>
/// Takes the grants that fall to this node, does their work inside its trust window, and hands them over. Work is cancelled at the latest when the
/// window ends; should its code go on all the same, the fence refuses what it writes.
/// </summary>
public sealed class GrantHost : IAsyncDisposable
{
    private readonly Func<ClusterView, IReadOnlyList<GrantSpec>> _specs;
    private readonly ILeaseStore _leases;
    private readonly NodeLease _lease;
    private readonly IDoorbell _doorbell;
    private readonly GrantHostOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly FreeGrants _free;
    private readonly Dictionary<string, RunningGrant> _running = [];
    private readonly Dictionary<string, long> _givenBack = [];
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ITimer _guard;
    private readonly Dictionary<string, string?> _best = [];
    private string _members = string.Empty;
    private long _membersSince;
    private bool _hasLeft;

    /// <summary>A host of a fixed list of grants.</summary>
    public GrantHost(IReadOnlyList<GrantSpec> specs, ILeaseStore leases, NodeLease lease, IDoorbell doorbell, TimeProvider time, ILogger log, GrantHostOptions? options = null)
        : this(_ => specs, leases, lease, doorbell, time, log, options)
    {
    }

    /// <summary>A host on a node whose lease is kept; have it follow the node's views. Which grants there are may change with the view; their names tell them apart.</summary>
    public GrantHost(Func<ClusterView, IReadOnlyList<GrantSpec>> specs, ILeaseStore leases, NodeLease lease, IDoorbell doorbell, TimeProvider time, ILogger log, GrantHostOptions? options = null)
    {
        (_specs, _leases, _lease, _doorbell, _time, _log, _options) = (specs, leases, lease, doorbell, time, log, options ?? new GrantHostOptions());
        _free = new FreeGrants(_options.PatiencePerPlace, time);
        _guard = time.CreateTimer(_ => StopUntrusted(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
    }

    /// <summary>Names of what is done here, sorted.</summary>
    public IReadOnlyList<string> Active => [.. Snapshot().Where(running => !running.Ended.IsCompleted).Select(running => running.Spec.Name).Order(StringComparer.Ordinal)];

    /// <summary>Does what a view asks for: goes on with what is ours, takes what is free and falls to us, gives away what has a better place.</summary>
    public async Task FollowAsync(ClusterView view)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_lease.IsTrusted || _hasLeft)
            {
                StopUntrusted();
                return;
            }

            if (view.Find(_lease.Key) is { State: MemberState.Leaving } or { Description.Weight: <= 0 })
            {
                await HandOverAsync(Snapshot(), view).ConfigureAwait(false);
                return;
            }

            NoteMembers(view);
            var grants = view.Grants.ToDictionary(grant => grant.Name);
            foreach (var spec in _specs(view))
            {
                if (!await TakeAsync(spec, grants.GetValueOrDefault(spec.Name), view).ConfigureAwait(false))
                {
                    // The store does not answer: the rest would only wait too.
                    return;
                }
            }

            await MoveAsync(view).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stops everything for good and gives it back; the successors are told.</summary>
    public async Task HandOverAsync(ClusterView view)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _hasLeft = true;
            await HandOverAsync(Snapshot(), view).ConfigureAwait(false);
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
            running.Stop("the node stops");
            await running.Ended.ConfigureAwait(false);
            running.Dispose();
        }

        _turn.Dispose();
    }

    private List<RunningGrant> Snapshot()
    {
        lock (_running)
        {
            return [.. _running.Values];
        }
    }

    /// <summary>False when the store did not answer.</summary>
    private async Task<bool> TakeAsync(GrantSpec spec, Grant? grant, ClusterView view)
    {
        RunningGrant? running;
        lock (_running)
        {
            running = _running.GetValueOrDefault(spec.Name);
        }

        if (running is { Ended.IsCompleted: false })
        {
            if (grant?.Epoch > running.Token.Epoch)
            {
                // Void: the store is of another generation, or the grant has another holder. Whatever it would still write is refused.
                running.Stop($"epoch {running.Token.Epoch} is over");
            }

            return true;
        }

        if (grant is { Phase: GrantPhase.Draining } && grant.Holder == _lease.Key)
        {
            // A handover whose last step had no answer.
            await _leases.ReleaseAsync(new FencingToken(grant.Name, grant.Epoch)).ConfigureAwait(false);
            return true;
        }

        // A view may be older than what was given back since: that must not be taken again because it once was ours.
        var isOurs = grant is { Phase: GrantPhase.Active } && grant.Holder == _lease.Key && grant.Epoch > _givenBack.GetValueOrDefault(spec.Name);
        if (!isOurs && !_free.IsOurTurn(spec, grant, view, _lease.Key.Node))
        {
            return true;
        }

        var result = await _leases.AcquireAsync(spec.Name, _lease.Key).ConfigureAwait(false);
        if (result is AcquireResult.Acquired acquired && _lease.IsTrusted)
        {
            lock (_running)
            {
                running?.Dispose();
                _running[spec.Name] = new RunningGrant(spec, acquired.Token, _lease, _log);
            }
        }

        return result is not AcquireResult.Unknown;
    }

    private void NoteMembers(ClusterView view)
    {
        var members = string.Join('|', view.Members.Where(member => member.State.IsAlive()).Select(member => $"{member.Key} {member.State} {member.IsExpired} {member.Description.Weight}"));
        if (members != _members)
        {
            (_members, _membersSince) = (members, _time.GetTimestamp());
            _best.Clear();
        }
    }

    /// <summary>Best place of a grant, worked out once for each set of members.</summary>
    private string? Best(GrantSpec spec, ClusterView view)
    {
        if (!_best.TryGetValue(spec.Name, out var best))
        {
            _best[spec.Name] = best = GrantPlacement.Rank(spec, view) is [var first, ..] ? first : null;
        }

        return best;
    }

    /// <summary>Gives away what has a better place and may move there, a few at a time, once the members have not changed for a while.</summary>
    private async Task MoveAsync(ClusterView view)
    {
        if (_time.GetElapsedTime(_membersSince) < _options.Settle)
        {
            return;
        }

        var misplaced = Snapshot().Where(running => !running.Ended.IsCompleted && Best(running.Spec, view) is { } best && best != _lease.Key.Node && (!running.Spec.IsSticky || IsHome(running.Spec, best, view)));
        await HandOverAsync([.. misplaced.Take(_options.MovesAtOnce)], view).ConfigureAwait(false);
    }

    /// <summary>What stays where it is still goes home: this node is of another region than it should be in, the better one is not.</summary>
    private bool IsHome(GrantSpec spec, string best, ClusterView view) => spec.Region is not null
        && view.Find(_lease.Key)?.Description.Region != spec.Region
        && view.Members.Any(member => member.Key.Node == best && member.Description.Region == spec.Region);

    private async Task HandOverAsync(List<RunningGrant> grants, ClusterView view)
    {
        if (grants.Count > 0)
        {
            await Task.WhenAll(grants.Select(running => HandOverAsync(running, view))).ConfigureAwait(false);
            _doorbell.Ring();
        }
    }

    /// <summary>Draining first: the successor is named, and the holder may still write what it must flush.</summary>
    private async Task HandOverAsync(RunningGrant running, ClusterView view)
    {
        var successor = GrantPlacement.Rank(running.Spec, view).FirstOrDefault(node => node != _lease.Key.Node);
        if (successor is not null)
        {
            await _leases.DrainAsync(running.Token, successor).ConfigureAwait(false);
        }

        running.Stop(successor is null ? "the node leaves" : $"handed to {successor}");
        await running.Ended.ConfigureAwait(false);
        lock (_running)
        {
            _givenBack[running.Spec.Name] = running.Token.Epoch;
        }

        await _leases.ReleaseAsync(running.Token).ConfigureAwait(false);
        lock (_running)
        {
            _running.Remove(running.Spec.Name);
        }

        running.Dispose();
    }

    private void StopUntrusted()
    {
        if (!_lease.IsTrusted)
        {
            foreach (var running in Snapshot())
            {
                running.Stop("the node is not trusted");
            }
        }
    }
}
