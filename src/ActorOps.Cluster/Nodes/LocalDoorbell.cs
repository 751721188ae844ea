namespace ActorOps.Cluster.Nodes;

/// <summary>The doorbell of a store that one process owns.</summary>
public sealed class LocalDoorbell : IDoorbell
{
    private TaskCompletionSource _rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public void Ring() => Interlocked.Exchange(ref _rung, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <inheritdoc/>
    public async Task WaitAsync(CancellationToken cancellation) =>
        await Volatile.Read(ref _rung).Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
