using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Links;
using ActorOps.Cluster.Membership;
using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Configuration;
using ActorOps.Server.Hosting;
using ActorOps.Storage;

namespace ActorOps.Server.Clustering;

/// <summary>
/// This node as a member: membership, grants, links, and what follows from each view of the cluster. A lone node is a cluster of one, whose leases are
/// simply held.
/// </summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    private readonly IStore _store;
    private readonly TimeSpan _ttl;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LinkServices _link;
    private readonly ViewEvents _events;
    private OpsSystem? _ops;
    private GrantHost? _grants;
    private Reporting? _reporting;
    private TripSpreading? _spreading;
    private long _generation;

    private ClusterHost(ClusterNode node, IStore store, LinkServices link, ClusterPeers peers, TimeSpan ttl, TimeProvider time, ILogger log)
    {
        (Node, _store, _link, Peers, _ttl, _time, _log) = (node, store, link, peers, ttl, time, log);
        _generation = node.View.Generation;
        _events = new ViewEvents(node.View, time);
        peers.Bind(node, link.Hub);
    }

    /// <summary>The membership.</summary>
    public ClusterNode Node { get; }

    /// <summary>The way to the others.</summary>
    public ClusterPeers Peers { get; }

    /// <summary>Links.</summary>
    public LinkHub Links => _link.Hub;

    /// <summary>Who has proved itself at this node's link port.</summary>
    public LinkSessions Sessions => _link.Sessions;

    /// <summary>For messages that have come.</summary>
    public LinkReceiver Receiver => _link.Receiver;

    /// <summary>What has changed in the cluster, as this node saw it.</summary>
    public ViewEvents Events => _events;

    /// <summary>Called when the store says that this node is to leave.</summary>
    public Action? LeaveAsked { get; set; }

    /// <summary>Trips to and from peers.</summary>
    public TripSpreading Spreading => _spreading ?? throw new InvalidOperationException("The domain is not bound yet.");

    /// <summary>What is left of the time in which this node may believe that it is a member.</summary>
    public TimeSpan TrustLeft => Node.Lease.IsTrusted ? _time.GetElapsedTime(_time.GetTimestamp(), Node.Lease.TrustedUntil) : TimeSpan.Zero;

    /// <summary>How long ago the trust of this node ended; null while it is trusted.</summary>
    public TimeSpan? TrustEndedAgo => Node.Lease.IsTrusted ? null : Max(TimeSpan.Zero, _time.GetElapsedTime(Node.Lease.TrustedUntil));

    /// <summary>Age of the view of the cluster: the store last answered so long ago.</summary>
    public TimeSpan ViewAge => Max(TimeSpan.Zero, _time.GetElapsedTime(Node.Lease.TrustedUntil) + (_ttl * (1 - LeaseTerm.Margin)));

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <summary>Joins. A node of this name that seems to live is waited for: it may be the life before this one, whose lease has yet to end.</summary>
    /// <exception cref="JoinRefusedException">The cluster does not take it.</exception>
    public static async Task<ClusterHost> JoinAsync(NodeOptions options, NodeDescription description, IStore store, ClusterPeers peers, LinkServicesFactory links, TimeProvider time, ILogger log, Action<string> say)
    {
        var settings = new ClusterNodeOptions { Node = options.Node.Id, Cluster = options.Cluster.Name, Description = description, Ttl = options.Cluster.Ttl, RenewEvery = options.Cluster.RenewEvery, LeaveWithin = options.ShutdownTimeout * 0.6 };
        var until = time.GetTimestamp() + (long)(options.Cluster.Ttl.TotalSeconds * 3 * time.TimestampFrequency);
        var session = JoinSession.Begin(time);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var node = await ClusterNode.JoinAsync(settings, store.Membership, store.Doorbell, time, log, session).ConfigureAwait(false);
                return new ClusterHost(node, store, links.Create(node.Lease.Key, store), peers, settings.Ttl, time, log);
            }
            catch (JoinRefusedException refused) when (refused.Code == "already-running" && time.GetTimestamp() < until)
            {
                if (attempt == 0)
                {
                    say($"waiting to join: {refused.Message}");
                }
            }
            catch (JournalUnavailableException unavailable)
            {
                ServerLog.StoreAwaited(log, unavailable.Message);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), time).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the cluster its work: from now on what falls to this node is done here.</summary>
    public void Bind(OpsSystem ops, KillSwitchServices killSwitch, ClusterOptions options)
    {
        _ops = ops;
        Peers.Bind(ops);
        _spreading = new TripSpreading(Links, killSwitch);
        _reporting = new Reporting(Links, ops, Node.Lease.Key, _time);
        _grants = new GrantHost(new NodeGrants(ops).For, _store.Leases, Node.Lease, _store.Doorbell, _time, _log, new GrantHostOptions { Settle = options.Settle, MovesAtOnce = options.MovesAtOnce });
        Links.Opened = link => _ = _spreading.RoundAsync(CancellationToken.None);
        Node.Follow(Links.FollowAsync);
        Node.Follow(OnViewAsync);
        Node.Follow(_grants.FollowAsync);
        Node.Follow(_ =>
        {
            Peers.Flush();
            return Task.CompletedTask;
        });
    }

    /// <summary>What is done again and again, each in a loop of its own.</summary>
    public IEnumerable<(Func<CancellationToken, Task> Turn, TimeSpan Pause)> Loops()
    {
        yield return (FollowJournalAsync, TimeSpan.FromMilliseconds(5));
        yield return (token => _ops!.RetrySignalsAsync(token), TimeSpan.FromMilliseconds(200));
        yield return (_ =>
        {
            Peers.Flush();
            return Task.CompletedTask;
        }, TimeSpan.FromMilliseconds(250));
        yield return (token => _reporting!.TurnAsync(token), TimeSpan.Zero);
        yield return (token => Spreading.RoundAsync(token), TimeSpan.FromSeconds(2));
    }

    /// <summary>Leaves in order: everything that is held goes to the others first.</summary>
    public Task<bool> LeaveAsync() => Node.Lease.Fenced.IsCancellationRequested ? Task.FromResult(false) : Node.LeaveAsync(() => _grants?.HandOverAsync(Node.View) ?? Task.CompletedTask);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // No more views: one that came later could begin work on a host that has ended.
        await Node.StopAsync().ConfigureAwait(false);
        if (_grants is not null)
        {
            await _grants.DisposeAsync().ConfigureAwait(false);
        }

        _reporting?.Dispose();
        await Node.DisposeAsync().ConfigureAwait(false);
        await Links.DisposeAsync().ConfigureAwait(false);
    }

    private async Task OnViewAsync(ClusterView view)
    {
        _events.Compare(view);
        if (view.Find(Node.Lease.Key) is { State: MemberState.Leaving })
        {
            // A person has requested it, on this node or another.
            LeaveAsked?.Invoke();
        }

        _reporting!.ForgetTheGone(view);
        if (view.Generation != _generation)
        {
            // Another database, which may lack events that this node has seen.
            var hasLost = await _ops!.ReloadAsync().ConfigureAwait(false);
            _generation = view.Generation;
            if (hasLost)
            {
                ServerLog.EventsLost(_log, view.Generation);
            }
        }
    }

    /// <summary>A ring says that there is something new; without one it looks every second all the same.</summary>
    private async Task FollowJournalAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var rung = _store.JournalDoorbell.WaitAsync(end.Token);
        if (await _ops!.FollowAsync(cancellation).ConfigureAwait(false) == 0)
        {
            await Task.WhenAny(rung, Task.Delay(TimeSpan.FromSeconds(1), _time, end.Token)).ConfigureAwait(false);
        }

        await end.CancelAsync().ConfigureAwait(false);
    }
}
