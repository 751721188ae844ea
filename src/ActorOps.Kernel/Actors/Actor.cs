using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Actors;

/// <summary>
/// Behaviour and private state of one actor. The kernel calls one member at a time, never two at once, so an actor needs no locks.
/// </summary>
/// <remarks>
/// Order of calls: <see cref="PreStart"/>, then <see cref="Receive"/> for each message, then <see cref="PostStop"/>.
/// When a call throws, the parent's <see cref="SupervisorStrategy"/> decides; a restart calls <see cref="PreRestart"/> on the old
/// instance and <see cref="PostRestart"/> on the new one, and the mailbox is kept. The failed message is not delivered again.
/// While <see cref="Receive"/> awaits, no thread is held and no other message is delivered.
/// </remarks>
public abstract class Actor
{
    private ActorContext? _context;

    /// <summary>The actor's surroundings; valid from construction's end to <see cref="PostStop"/>.</summary>
    protected internal ActorContext Context => _context ?? throw new InvalidOperationException("An actor's context is set after its constructor has returned; use PreStart.");

    /// <summary>This actor's own address.</summary>
    protected ActorRef Self => Context.Self;

    /// <summary>Who sent the message in hand; <see cref="ActorRef.NoSender"/> when told from outside an actor.</summary>
    protected ActorRef Sender => Context.Sender;

    /// <summary>How failures of this actor's children are handled. Default: restart at most 10 times in one minute, then stop.</summary>
    protected internal virtual SupervisorStrategy SupervisorStrategy => SupervisorStrategy.Default;

    /// <summary>Handles one message. An exception, thrown or from the task, is a failure for the parent to decide on.</summary>
    protected internal abstract ValueTask Receive(object message);

    /// <summary>Runs once before the first message.</summary>
    protected internal virtual ValueTask PreStart() => default;

    /// <summary>Runs once after the last message, when all children have stopped.</summary>
    protected internal virtual ValueTask PostStop() => default;

    /// <summary>Runs on the failed instance before it is replaced. Default: stops every child, then <see cref="PostStop"/>.</summary>
    protected internal virtual ValueTask PreRestart(Exception reason, object? message)
    {
        Context.StopChildren();
        return PostStop();
    }

    /// <summary>Runs on the new instance in place of <see cref="PreStart"/>. Default: <see cref="PreStart"/>.</summary>
    protected internal virtual ValueTask PostRestart(Exception reason) => PreStart();

    /// <summary>Binds the instance to its cell.</summary>
    internal void Attach(ActorContext context) => _context = _context is null
        ? context
        : throw new InvalidOperationException($"The factory of {context.Self} returned an instance that was in use before; it must make a new one each time.");

    /// <summary>Sends a message that no case handled to the dead letters.</summary>
    protected void Unhandled(object message) => Context.System.DeadLetters.Record(new Events.DeadLetter(message, Sender, Self, "unhandled"));
}
