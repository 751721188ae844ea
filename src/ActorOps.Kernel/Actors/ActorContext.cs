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
}
