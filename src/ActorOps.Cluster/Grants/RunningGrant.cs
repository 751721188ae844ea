using ActorOps.Cluster.Leases;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Cluster.Grants;

/// <summary>One run of granted work on this node.</summary>
internal sealed class RunningGrant : IDisposable
{
    private readonly CancellationTokenSource _cancellation;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private bool _disposed;

    public RunningGrant(GrantSpec spec, FencingToken token, NodeLease lease, ILogger log)
    {
        (Spec, Token, _log) = (spec, token, log);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(lease.Fenced);
        ClusterLog.GrantActive(log, spec.Name, token.Epoch);
        Ended = Task.Run(RunAsync);
    }

    public GrantSpec Spec { get; }

    public FencingToken Token { get; }

    public Task Ended { get; }

    public void Stop(string why)
    {
        // The guard's timer may still hold a run that has ended and been let go of.
        lock (_lock)
        {
            if (!_disposed && !_cancellation.IsCancellationRequested)
            {
                ClusterLog.GrantStopped(_log, Spec.Name, why);
                _cancellation.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _cancellation.Dispose();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            await Spec.Run(Token, _cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // it is started again with the next view
        catch (Exception reason)
#pragma warning restore CA1031
        {
            ClusterLog.GrantFailed(_log, Spec.Name, reason);
        }
    }
}
