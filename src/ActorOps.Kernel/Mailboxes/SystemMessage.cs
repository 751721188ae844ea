using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Mailboxes;

/// <summary>What the kernel says to a cell; handled ahead of every user message, in order.</summary>
internal abstract record SystemMessage
{
    public sealed record Start : SystemMessage;

    public sealed record Stop : SystemMessage;

    public sealed record Suspend : SystemMessage;

    public sealed record Resume : SystemMessage;

    public sealed record Restart(Exception Reason, object? Message) : SystemMessage;

    public sealed record Watch(ActorRef Watcher) : SystemMessage;

    public sealed record Unwatch(ActorRef Watcher) : SystemMessage;

    public sealed record WatchedStopped(ActorRef Target) : SystemMessage;

    public sealed record ChildStopped(LocalActorRef Child) : SystemMessage;

    public sealed record ChildFailed(LocalActorRef Child, Exception Reason, object? Message) : SystemMessage;
}
