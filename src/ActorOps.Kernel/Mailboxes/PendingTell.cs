namespace ActorOps.Kernel.Mailboxes;

/// <summary>A sender that waits for room. Either it is admitted or it is cancelled, never both.</summary>
internal sealed class PendingTell(Envelope envelope)
{
    private readonly TaskCompletionSource _admitted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _decided;

    public Envelope Envelope => envelope;

    public bool TryAdmit() => Interlocked.Exchange(ref _decided, 1) == 0;

    public void Complete() => _admitted.TrySetResult();

    public async ValueTask WaitAsync(CancellationToken cancellation)
    {
        using var registration = cancellation.Register(() =>
        {
            if (TryAdmit())
            {
                _admitted.TrySetCanceled(cancellation);
            }
        });
        await _admitted.Task;
    }
}
