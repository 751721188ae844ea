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
    public abstract void Tell(object message, ActorRef sender);

    /// <inheritdoc cref="Tell(object, ActorRef)"/>
    public void Tell(object message) => Tell(message, NoSender);

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
