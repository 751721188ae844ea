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

    /// <summary>
    /// Joins the cluster, in <see cref="MemberState.Joining"/>, and renews from then on: getting ready may take longer than a lease. Whoever tries again hands in the
    /// same <paramref name="session"/>.
    /// </summary>
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
                var node = new ClusterNode(options, table, doorbell, new NodeLease(table, joined.Key, options.Ttl, session.Started, time, log), joined.View, time, log);
                new Thread(node.RenewAlone) { IsBackground = true, Name = "renewals" }.Start();
                return node;
            case JoinResult.Refused refused:
                throw new JoinRefusedException(refused);
            default:
                throw new InvalidOperationException("A join has no such answer.");
        }
    }

    /// <summary>Has something done with every view, one after the other, in the order of these calls. Before <see cref="StartAsync"/>.</summary>
    public void Follow(Func<ClusterView, Task> follower) => _followers.Add(follower);

    /// <summary>
    /// Comes up: from now on the node may hold grants, and what views ask for is done. A store that does not answer is asked again. False when this life was ended
    /// meanwhile; then it holds nothing, and <see cref="NodeLease.Fenced"/> is cancelled.
    /// </summary>
    public async Task<bool> StartAsync(CancellationToken cancellation = default)
    {
        while (!Lease.Fenced.IsCancellationRequested)
        {
            try
            {
                if (await ComeUpAsync(cancellation).ConfigureAwait(false))
                {
                    _following = Task.Run(FollowAsync, CancellationToken.None);
                    _doorbell.Ring();
                    return true;
                }

                Lease.Fence($"{Lease.Key} was declared down before it was up.");
            }
            catch (JournalUnavailableException reason)
            {
                ClusterLog.StepFailed(_log, reason.Message);
                await Task.Delay(_options.RenewEvery, _time, cancellation).ConfigureAwait(false);
            }
        }

        return false;
    }

    /// <summary>Hands over and leaves. False when something was still held at the end of the time; then the others take it as from a dead node.</summary>
    public async Task<bool> LeaveAsync(Func<Task> handOver)
    {
        try
        {
            if (!await _table.MoveAsync(Lease.Key, MemberState.Up, MemberState.Leaving).ConfigureAwait(false))
            {
                // It was asked to end before it was up.
                await _table.MoveAsync(Lease.Key, MemberState.Joining, MemberState.Leaving).ConfigureAwait(false);
            }

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

    /// <summary>Stops renewing, and following. What is held stays held until the lease runs out; <see cref="LeaveAsync"/> is the polite way.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewed.Task.ConfigureAwait(false);
        await _following.WaitAsync(_options.LeaveWithin, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        Lease.Dispose();
        _stop.Dispose();
    }

    /// <summary>A move whose answer was lost has been made: then the store has this life as up already.</summary>
    private async Task<bool> ComeUpAsync(CancellationToken cancellation) =>
        await _table.MoveAsync(Lease.Key, MemberState.Joining, MemberState.Up, cancellation).ConfigureAwait(false)
        || (await _table.ReadAsync(cancellation).ConfigureAwait(false)).Find(Lease.Key)?.State is MemberState.Up or MemberState.Leaving;

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
