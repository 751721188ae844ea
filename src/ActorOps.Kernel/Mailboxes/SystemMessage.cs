using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>What the kernel says to a cell; handled ahead of every user message, in order. Linked into one list, so each instance is sent once.</summary>
internal abstract class SystemMessage
{
    public SystemMessage? Next { get; set; }

    public sealed class Start : SystemMessage;

    public sealed class Stop : SystemMessage;

    /// <summary>An ancestor has failed.</summary>
    public sealed class Suspend : SystemMessage;

    /// <summary>That ancestor goes on.</summary>
    public sealed class Unsuspend : SystemMessage;

    /// <summary>A sibling's failure will restart this actor too: wait for the directive.</summary>
    public sealed class Hold : SystemMessage;

    public sealed class Resume : SystemMessage;

    public sealed class Restart(Exception reason, object? message) : SystemMessage
    {
        public Exception Reason => reason;

        public object? Message => message;
    }

    public sealed class Watch(ActorRef watcher) : SystemMessage
    {
        public ActorRef Watcher => watcher;
    }

    public sealed class Unwatch(ActorRef watcher) : SystemMessage
    {
        public ActorRef Watcher => watcher;
    }

    public sealed class WatchedStopped(ActorRef target) : SystemMessage
    {
        public ActorRef Target => target;
    }

    public sealed class ChildStopped(LocalActorRef child) : SystemMessage
    {
        public LocalActorRef Child => child;
    }

    public sealed class ChildFailed(LocalActorRef child, Exception reason, object? message) : SystemMessage
    {
        public LocalActorRef Child => child;

        public Exception Reason => reason;

        public object? Message => message;
    }

    /// <summary>A task that the actor started has ended, with the failure if it had one.</summary>
    public sealed class TaskEnded(Exception? failure) : SystemMessage
    {
        public Exception? Failure => failure;
    }
}
