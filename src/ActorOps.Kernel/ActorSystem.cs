using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Supervision;
using Microsoft.Extensions.Logging;

namespace ActorOps.Kernel;

/// <summary>A tree of actors with one clock and one log. Everything under <c>/user</c> stops, children first, when it is stopped.</summary>
public sealed class ActorSystem
{
    private readonly TaskCompletionSource _terminated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActorCell _guardian;

    /// <summary>A running system without actors. <paramref name="guardianStrategy"/> decides on failures of top-level actors.</summary>
    public ActorSystem(TimeProvider timeProvider, ILoggerFactory loggerFactory, SupervisorStrategy? guardianStrategy = null)
    {
        TimeProvider = timeProvider;
        LoggerFactory = loggerFactory;
        Log = loggerFactory.CreateLogger("ActorOps.Kernel");
        EventStream = new EventStream();
        DeadLetters = new DeadLetters(this);
        _guardian = new ActorCell(this, Props.Create(() => new Guardian(guardianStrategy ?? SupervisorStrategy.Default)), null, ActorPath.Root("user"));
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

    /// <summary>Completes when the last actor has stopped; faulted when a failure was escalated past the guardian.</summary>
    public Task WhenTerminated => _terminated.Task;

    internal ILogger Log { get; }

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

    internal void Fail(Exception reason)
    {
        Failure = reason;
        KernelLog.SystemFailed(Log, reason);
        _guardian.Self.SendSystem(new Mailboxes.SystemMessage.Stop());
    }

    internal void OnRootStopped()
    {
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
