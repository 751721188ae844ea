namespace ActorOps.Cluster.Nodes;

/// <summary>The doorbell of a store that one process owns.</summary>
public sealed class LocalDoorbell : IDoorbell
{
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void Ring() => Interlocked.Exchange(ref _rung, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <inheritdoc/>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        var registration = Volatile.Read(ref _rung).Task;
        await registration.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
