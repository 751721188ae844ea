namespace ActorOps.Kernel.Dispatching;

/// <summary>Gives mailboxes a thread. A mailbox is scheduled when it has something to do and hands its thread back after its throughput.</summary>
public abstract class Dispatcher
{
    /// <summary>The thread pool: for actors that compute or await. Mailboxes take turns in the order in which they were scheduled.</summary>
    public static Dispatcher Shared { get; } = new SharedDispatcher();

    /// <summary>Runs the mailbox once, later, on another turn. Called from any thread; must not run it at once.</summary>
    protected internal abstract void Schedule(IThreadPoolWorkItem mailbox);

    private sealed class SharedDispatcher : Dispatcher
    {
        protected internal override void Schedule(IThreadPoolWorkItem mailbox) => ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
    }
}
