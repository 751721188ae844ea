using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Address of an actor. Safe from any thread. Messages of one sender to one receiver arrive in the order they were told, at most once.</summary>
public abstract class ActorRef
{
    /// <summary>Stands for "no actor": what is told to it is dropped.</summary>
    public static ActorRef NoSender { get; } = new NullActorRef();

    /// <summary>Where the actor stands in the hierarchy.</summary>
    public abstract ActorPath Path { get; }

    /// <summary>Queues a message and returns at once. To a stopped actor it becomes a dead letter.</summary>
    /// <exception cref="MailboxFullException">The mailbox is full and its policy is <see cref="OverflowPolicy.Fail"/>.</exception>
    public abstract void Tell(object message, ActorRef sender);

    /// <inheritdoc cref="Tell(object, ActorRef)"/>
    public void Tell(object message) => Tell(message, NoSender);

    /// <summary>
    /// Queues a message, and completes once it is queued: a mailbox with <see cref="OverflowPolicy.Backpressure"/> makes its senders wait for
    /// room, in the order of their calls. All others take it as Tell does.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting; the message was not queued.</exception>
    public virtual ValueTask TellAsync(object message, ActorRef sender, CancellationToken cancellation = default)
    {
        Tell(message, sender);
        return default;
    }

    /// <inheritdoc/>
    public override string ToString() => Path.ToString();

    internal virtual void SendSystem(SystemMessage message)
    {
    }

    private sealed class NullActorRef : ActorRef
    {
        public override ActorPath Path { get; } = ActorPath.Root("no-sender");

        public override void Tell(object message, ActorRef sender)
        {
        }
    }
}
