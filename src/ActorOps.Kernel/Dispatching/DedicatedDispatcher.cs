using System.Collections.Concurrent;

namespace ActorOps.Kernel.Dispatching;

/// <summary>
/// Threads of its own, for actors that block or that must not wait for anybody else's work. What runs after an await in a handler runs on them
/// too, unless the await asked for no context.
/// </summary>
public sealed class DedicatedDispatcher : Dispatcher, IDisposable
{
    private readonly BlockingCollection<IThreadPoolWorkItem> _scheduled = [];
    private int _users;
    private int _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Name of the threads, for dumps.</param>
    /// <param name="threads">How many, 1 or more.</param>
    public DedicatedDispatcher(string name, int threads = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        // The threads, and Dispose itself: the last one to be done with the queue lets go of it.
        _users = threads + 1;
        for (var number = 1; number <= threads; number++)
        {
            new Thread(Run) { IsBackground = true, Name = $"{name}-{number}" }.Start();
        }
    }

    /// <summary>Ends the threads once what is scheduled has run. Stop the actors first: what is scheduled later moves to the thread pool.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _scheduled.CompleteAdding();
            Leave();
        }
    }

    /// <inheritdoc/>
    protected internal override void Schedule(IThreadPoolWorkItem mailbox)
    {
        try
        {
            _scheduled.Add(mailbox);
        }
        catch (InvalidOperationException)
        {
            Shared.Schedule(mailbox);
        }
    }

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new Continuations(this));
        foreach (var work in _scheduled.GetConsumingEnumerable())
        {
            work.Execute();
        }

        Leave();
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _scheduled.Dispose();
        }
    }

    private sealed class Continuations(DedicatedDispatcher dispatcher) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => dispatcher.Schedule(new Callback(d, state));
    }

    private sealed class Callback(SendOrPostCallback run, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => run(state);
    }
}
