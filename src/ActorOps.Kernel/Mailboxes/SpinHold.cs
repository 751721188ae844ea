namespace ActorOps.Kernel.Mailboxes;

/// <summary>A hold of a spin lock for one using block. What it guards is a few instructions long: parking a thread would cost more.</summary>
internal readonly ref struct SpinHold
{
    private readonly ref SpinLock _lock;

    public SpinHold(ref SpinLock spinLock)
    {
        _lock = ref spinLock;
        var taken = false;
        _lock.Enter(ref taken);
    }

    public void Dispose() => _lock.Exit(useMemoryBarrier: false);
}
