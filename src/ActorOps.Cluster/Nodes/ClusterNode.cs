using System.Threading.Channels;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Nodes;

/// <summary>
/// This process as a member: joins, renews, looks after the others, leaves. Each renewal brings the cluster as the store has it; everything that
/// a node does about the cluster follows from that view, so nothing is ever decided by what nodes tell each other.
/// </summary>
public sealed class ClusterNode : IAsyncDisposable
{
    /// <summary>How late a timer may be before the renewing thread goes on without it.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(250);

    private readonly ClusterNodeOptions _options;
    private readonly IMembershipTable _table;
    private readonly IDoorbell _doorbell;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LapseObserver _observer;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Func<ClusterView, Task>> _followers = [];
    private readonly Channel<IReadOnlyList<Member>> _news = Channel.CreateBounded<IReadOnlyList<Member>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile ClusterView _view;
    private readonly TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _renewing = Task.CompletedTask;
    private Task _following = Task.CompletedTask;
    private bool _trustWasLost;

    private ClusterNode(ClusterNodeOptions options, IMembershipTable table, IDoorbell doorbell, NodeLease lease, ClusterView view, TimeProvider time, ILogger log)
    {
        (_options, _table, _doorbell, Lease, _view, _time, _log) = (options, table, doorbell, lease, view, time, log);
        _observer = new LapseObserver(time);
    }

    /// <summary>This life's lease.</summary>
    public NodeLease Lease { get; }

    /// <summary>The cluster as of the last renewal that was answered.</summary>
    public ClusterView View => _view;

    /// <summary>Joins the cluster, in <see cref="MemberState.Joining"/>. Whoever tries again hands in the same <paramref name="session"/>.</summary>
    /// <exception cref="JoinRefusedException">The cluster does not take it.</exception>
    /// <exception cref="JournalUnavailableException">The store does not answer.</exception>
    public static async Task<ClusterNode> JoinAsync(ClusterNodeOptions options, IMembershipTable table, IDoorbell doorbell, TimeProvider time, ILogger log, JoinSession? session = null)
    {
        session ??= JoinSession.Begin(time);
        var request = new JoinRequest(options.Node, session.Id, options.Cluster, options.Description, options.Ttl);
        switch (await table.JoinAsync(request).ConfigureAwait(false))
        {
            case JoinResult.Joined joined:
                ClusterLog.Joined(log, joined.Key);
                return new ClusterNode(options, table, doorbell, new NodeLease(table, joined.Key, options.Ttl, session.Started, time, log), joined.View, time, log);
            case JoinResult.Refused refused:
                throw new JoinRefusedException(refused);
            default:
                throw new InvalidOperationException("A join has no such answer.");
        }
    }

    /// <summary>Has something done with every view, one after the other, in the order of these calls. Before <see cref="StartAsync"/>.</summary>
    public void Follow(Func<ClusterView, Task> follower) => _followers.Add(follower);

    /// <summary>Comes up: from now on the node may hold grants, and renews.</summary>
    public async Task StartAsync()
    {
        await _table.MoveAsync(Lease.Key, MemberState.Joining, MemberState.Up).ConfigureAwait(false);
        _renewing = _renewed.Task;
        new Thread(RenewAlone) { IsBackground = true, Name = "renewals" }.Start();
        _following = Task.Run(FollowAsync);
    }

    /// <summary>Hands over and leaves. False when something was still held at the end of the time; then the others take it as from a dead node.</summary>
    public async Task<bool> LeaveAsync(Func<Task> handOver)
    {
        try
        {
            await _table.MoveAsync(Lease.Key, MemberState.Up, MemberState.Leaving).ConfigureAwait(false);
            await handOver().WaitAsync(_options.LeaveWithin, _time).ConfigureAwait(false);
            Lease.End();
            return await _table.MoveAsync(Lease.Key, MemberState.Leaving, MemberState.Removed).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is JournalUnavailableException or TimeoutException)
        {
            ClusterLog.StepFailed(_log, reason.Message);
            return false;
        }
        finally
        {
            _doorbell.Ring();
        }
    }

    /// <summary>Stops renewing. What is held stays held until the lease runs out; <see cref="LeaveAsync"/> is the polite way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        await _following.WaitAsync(_options.LeaveWithin, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Lease.Dispose();
        _stop.Dispose();
    }

    /// <summary>
    /// Renews, and does nothing else, on a thread of its own: neither what follows from a view nor a process that has too much to do may be in the way of the next renewal.
    /// </summary>
    private void RenewAlone()
    {
        while (!_stop.IsCancellationRequested && !Lease.Fenced.IsCancellationRequested)
        {
            var started = _time.GetTimestamp();
            if (Lease.Renew() is { } view)
            {
                _view = view;
                _trustWasLost = false;
                _news.Writer.TryWrite(_observer.Observe(view, Lease.Key.Node));
            }
            else
            {
                _observer.OnReadFailed();
                NoteTrust();
                _news.Writer.TryWrite([]);
            }

            var pause = (_options.RenewEvery * (0.9 + (0.2 * Random.Shared.NextDouble()))) - _time.GetElapsedTime(started);
            Pause(pause);
        }

        _news.Writer.TryComplete();
        _renewed.TrySetResult();
    }

    /// <summary>Does what the latest view asks for; views that come meanwhile are left out, but for the newest.</summary>
    private async Task FollowAsync()
    {
        await foreach (var lapsed in _news.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            var view = _view;
            await EvictAsync(lapsed, view).ConfigureAwait(false);
            foreach (var follower in _followers)
            {
                try
                {
                    await follower(view).ConfigureAwait(false);
                }
                catch (JournalUnavailableException reason)
                {
                    ClusterLog.StepFailed(_log, reason.Message);
                }
#pragma warning disable CA1031 // one follower's mistake must not end the others' work
                catch (Exception reason)
#pragma warning restore CA1031
                {
                    ClusterLog.FollowerFailed(_log, reason);
                }
            }
        }
    }

    /// <summary>Until the next renewal is due, or the doorbell rings. Both say so by the thread pool; should that be late, the thread wakes all the same.</summary>
    private void Pause(TimeSpan pause)
    {
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        var awake = new ManualResetEventSlim();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var due = _time.CreateTimer(_ => awake.Set(), null, pause, Timeout.InfiniteTimeSpan);
        _ = _doorbell.WaitAsync(end.Token).ContinueWith(_ => awake.Set(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        awake.Wait(pause + Late, CancellationToken.None);
        end.Cancel();
    }

    /// <summary>One node acts at a time, the first that is not itself silent; should it fail to, it lapses too, and the next one acts.</summary>
    private async Task EvictAsync(IReadOnlyList<Member> lapsed, ClusterView view)
    {
        var first = view.Members.FirstOrDefault(member => member.State == MemberState.Up && !lapsed.Contains(member));
        if (lapsed.Count == 0 || first?.Key != Lease.Key)
        {
            return;
        }

        foreach (var member in lapsed)
        {
            try
            {
                ClusterLog.Evicted(_log, member.Key, await _table.EvictAsync(member.Key, member.Beats, cancellation: _stop.Token).ConfigureAwait(false));
            }
            catch (JournalUnavailableException reason)
            {
                ClusterLog.StepFailed(_log, reason.Message);
            }
        }

        _doorbell.Ring();
    }

    private void NoteTrust()
    {
        if (!Lease.IsTrusted && !_trustWasLost)
        {
            _trustWasLost = true;
            ClusterLog.TrustLost(_log, _options.Ttl * (1 - LeaseTerm.Margin));
        }
    }
}
