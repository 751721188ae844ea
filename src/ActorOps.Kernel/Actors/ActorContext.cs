using ActorOps.Kernel.Scheduling;

namespace ActorOps.Kernel.Actors;

/// <summary>What an actor may do to its surroundings. Use it only from the actor's own calls.</summary>
public abstract class ActorContext
{
    /// <summary>The system this actor lives in.</summary>
    public abstract ActorSystem System { get; }

    /// <summary>The actor's own address; stays the same across restarts.</summary>
    public abstract ActorRef Self { get; }

    /// <summary>Sender of the message in hand.</summary>
    public abstract ActorRef Sender { get; }

    /// <summary>The supervisor of this actor.</summary>
    public abstract ActorRef Parent { get; }

    /// <summary>Named timers, all cancelled on restart and stop.</summary>
    public abstract ActorTimers Timers { get; }

    /// <summary>How often this actor has been restarted since it was created.</summary>
    public abstract int Restarts { get; }

    /// <summary>Addresses of the children, a moment's copy in no order.</summary>
    public abstract IReadOnlyList<ActorRef> Children { get; }

    /// <summary>Creates a child. Throws <see cref="InvalidOperationException"/> when the name is taken or the actor is stopping.</summary>
    public abstract ActorRef ActorOf(Props props, string? name = null);

    /// <summary>The child of this name, or null.</summary>
    public abstract ActorRef? Child(string name);

    /// <summary>Asks for exactly one <see cref="Terminated"/> once <paramref name="target"/> has stopped, also when it already has.</summary>
    public abstract void Watch(ActorRef target);

    /// <summary>Takes a watch back; a <see cref="Terminated"/> already queued is dropped.</summary>
    public abstract void Unwatch(ActorRef target);

    /// <summary>Stops an actor after its message in hand; its children stop first.</summary>
    public abstract void Stop(ActorRef target);

    /// <summary>Stops every child.</summary>
    public abstract void StopChildren();

    /// <summary>Puts the message in hand aside. A restart puts what is stashed back into the mailbox; a stop makes dead letters of it.</summary>
    /// <exception cref="StashOverflowException">The stash holds <see cref="Props.StashCapacity"/> messages already.</exception>
    /// <exception cref="InvalidOperationException">No message is in hand.</exception>
    public abstract void Stash();

    /// <summary>Puts the oldest stashed message in front of the mailbox.</summary>
    public abstract void Unstash();

    /// <summary>Puts every stashed message in front of the mailbox, in the order in which they were stashed.</summary>
    public abstract void UnstashAll();

    /// <summary>Tells the actor <see cref="ReceiveTimeout"/> each time it has handled nothing for this long; null ends that. Cancelled on restart.</summary>
    public abstract void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>
    /// Goes on with other messages while the task runs, and calls <paramref name="then"/> with the ended task on the actor's own turn. It is
    /// not called when the actor has restarted or stopped meanwhile. This is the one way to interleave messages with one another.
    /// </summary>
    public abstract void ReenterAfter<T>(Task<T> task, Func<Task<T>, ValueTask> then);

    /// <summary>
    /// Starts work beside the actor: it is called at once, and what it does after its first await runs at the same time as the actor, so it
    /// must not touch the actor's state. A restart or stop cancels it and waits for its end; its failure is the actor's failure.
    /// </summary>
    public abstract void StartTask(Func<CancellationToken, Task> work);
}
