using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Dispatching;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging;

namespace ActorOps.Kernel;

/// <summary>A tree of actors with one clock and one log. Everything under <c>/user</c> stops, children first, when it is stopped.</summary>
public sealed class ActorSystem
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CoarseClock _coarseClock;
    private readonly ActorCell _guardian;

    /// <summary>A running system without actors.</summary>
    public ActorSystem(TimeProvider timeProvider, ILoggerFactory loggerFactory, ActorSystemOptions? options = null)
    {
        options ??= new ActorSystemOptions();
        TimeProvider = timeProvider;
        LoggerFactory = loggerFactory;
        Log = loggerFactory.CreateLogger("ActorOps.Kernel");
        EventStream = new EventStream(this);
        DeadLetters = new DeadLetters(this);
        DefaultDispatcher = options.DefaultDispatcher;
        RestartBudget = new RestartBudget(options.RestartBurst, options.RestartsPerSecond, timeProvider);
        _coarseClock = new CoarseClock(options.SlowMessageThreshold, timeProvider);
        _guardian = new ActorCell(this, Props.Create(() => new Guardian(options.GuardianStrategy)), null, ActorPath.Root("user"), suspensions: 0);
        _guardian.Start();
    }

    /// <summary>Clock of every timer and deadline in the system.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>For the loggers of actors.</summary>
    public ILoggerFactory LoggerFactory { get; }

    /// <summary>Publish and subscribe.</summary>
    public EventStream EventStream { get; }

    /// <summary>Messages that reached nobody.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Where actors run whose props name no dispatcher.</summary>
    public Dispatcher DefaultDispatcher { get; }

    /// <summary>Completes when the last actor has stopped; faulted when a failure was escalated past the guardian.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal ILogger Log { get; }

    internal RestartBudget RestartBudget { get; }

    /// <summary>Ticks of the coarse clock; 0 while it is off.</summary>
    internal int CoarseTick => _coarseClock.Ticks;

    internal Exception? Failure { get; private set; }

    /// <summary>Creates an actor under <c>/user</c>. Throws <see cref="InvalidOperationException"/> when the name is taken.</summary>
    public ActorRef ActorOf(Props props, string? name = null) => _guardian.ActorOf(props, name);

    /// <summary>Stops every actor and completes when all have.</summary>
    public Task StopAsync()
    {
        _guardian.Self.SendSystem(new Mailboxes.SystemMessage.Stop());
        return WhenTerminated;
    }

    /// <summary>The live tree from the guardian down: a moment's view, parents before children.</summary>
    public ActorNode Tree() => ActorNode.From(_guardian);

    /// <summary>Sums over the live tree by class of actor.</summary>
    public IReadOnlyList<ActorTypeSummary> Summaries() => ActorTypeSummary.Of(_guardian);

    internal TimeSpan CoarseElapsed(int sinceTick) => (CoarseTick - sinceTick) * _coarseClock.Step;

    /// <summary>Logs a message whose handling has taken longer than the threshold.</summary>
    internal void NoteHandled(ActorPath path, object message, int sinceTick)
    {
        if (sinceTick != 0 && CoarseTick - sinceTick >= CoarseClock.ThresholdTicks)
        {
            KernelLog.SlowMessage(Log, path, message.GetType().Name, CoarseElapsed(sinceTick));
        }
    }

    internal void Fail(Exception reason)
    {
        Failure = reason;
        KernelLog.SystemFailed(Log, reason);
        _guardian.Self.SendSystem(new Mailboxes.SystemMessage.Stop());
    }

    internal void OnRootStopped()
    {
        _coarseClock.Stop();
        if (Failure is { } reason)
        {
            _terminated.TrySetException(reason);
        }
        else
        {
            _terminated.TrySetResult();
        }
    }

    private sealed class Guardian(SupervisorStrategy strategy) : Actor
    {
        protected internal override SupervisorStrategy SupervisorStrategy => strategy;

        protected internal override ValueTask Receive(object message)
        {
            Unhandled(message);
            return default;
        }
    }
}
