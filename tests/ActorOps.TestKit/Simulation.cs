using ActorOps.Kernel;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Dispatching;

namespace ActorOps.TestKit;

/// <summary>
/// A system of actors on one thread: mailboxes, what follows awaits, timers and streams run in an order drawn from a seed, and nothing runs but
/// inside <see cref="RunUntilIdle"/>, <see cref="Advance"/> and <see cref="Run{T}"/>. The same seed gives the same run. Handlers must not await what only
/// another thread can complete.
/// </summary>
public sealed class Simulation : Dispatcher, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Action> _ready = [];
    private readonly Random _random;
    private readonly Continuations _continuations;

    public Simulation(int seed = 1, ActorSystemOptions? options = null)
    {
        Seed = seed;
        _random = new Random(seed);
        _continuations = new Continuations(this);
        System = new ActorSystem(Time, Logs, (options ?? new ActorSystemOptions()) with { DefaultDispatcher = this });
    }

    public int Seed { get; }

    /// <summary>Runs a test under many orders of events. A failure names its seed.</summary>
    public static void ForSeeds(int count, Action<Simulation> test, ActorSystemOptions? options = null)
    {
        for (var seed = 1; seed <= count; seed++)
        {
            var simulation = new Simulation(seed, options);
            try
            {
                test(simulation);
                simulation.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Failed with seed {seed}: {failure.Message}", failure);
            }
        }
    }

    public VirtualTimeProvider Time { get; } = new();

    public LogExpectations Logs { get; } = new();

    public ActorSystem System { get; }

    /// <summary>Mailbox runs and continuations so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Lets everything run that does not wait for time. Fails when it has not come to rest after ten million steps.</summary>
    public void RunUntilIdle()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_continuations);
        try
        {
            for (var left = 10_000_000; TakeReady() is { } step; left--)
            {
                Assert.True(left > 0, "The simulation does not come to rest.");
                Steps++;
                step();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>One step, if there is one.</summary>
    public bool RunOne()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_continuations);
        try
        {
            var step = TakeReady();
            Steps += step is null ? 0 : 1;
            step?.Invoke();
            return step is not null;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Moves time from timer to timer, coming to rest before each and at the end.</summary>
    public void Advance(TimeSpan by)
    {
        RunUntilIdle();
        var end = Time.GetUtcNow() + by;
        while (Time.AdvanceToNext(end))
        {
            RunUntilIdle();
        }

        RunUntilIdle();
    }

    /// <summary>Runs asynchronous work to its end; fails when it waits for something that does not come without time passing.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var task = Start(work);
        RunUntilIdle();
        Assert.True(task.IsCompleted, "The work waits for something that does not come.");
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}(Func{Task{T}})"/>
    public void Run(Func<Task> work) => Run(async () =>
    {
        await work();
        return true;
    });

    /// <summary>Starts asynchronous work inside the simulation.</summary>
    public Task<T> Start<T>(Func<Task<T>> work)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_continuations);
        try
        {
            return work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc cref="Start{T}(Func{Task{T}})"/>
    public Task Start(Func<Task> work) => Start(async () =>
    {
        await work();
        return true;
    });

    public TestProbe Probe() => new(System);

    public ActorRef Spawn<TActor>(Func<TActor> factory, string? name = null)
        where TActor : Actor => System.ActorOf(Props.Create(factory), name);

    public ValueTask DisposeAsync()
    {
        var stopped = System.StopAsync();
        RunUntilIdle();
        Assert.True(stopped.IsCompleted, "The system did not stop.");
        return default;
    }

    protected override void Schedule(IThreadPoolWorkItem mailbox) => Add(mailbox.Execute);

    private void Add(Action step)
    {
        lock (_lock)
        {
            _ready.Add(step);
        }
    }

    private Action? TakeReady()
    {
        lock (_lock)
        {
            if (_ready.Count == 0)
            {
                return null;
            }

            var index = _random.Next(_ready.Count);
            var step = _ready[index];
            _ready[index] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return step;
        }
    }

    private sealed class Continuations(Simulation simulation) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => simulation.Add(() => d(state));

        public override void Send(SendOrPostCallback d, object? state) => d(state);
    }
}
