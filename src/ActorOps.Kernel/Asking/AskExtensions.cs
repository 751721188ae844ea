using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Asking;

/// <summary>Request and reply from outside an actor, and other ways to turn tasks into messages and back.</summary>
public static class AskExtensions
{
    /// <summary>Tells the message with a one-time sender and completes with the first reply to it.</summary>
    /// <exception cref="AskTimeoutException">No reply within <paramref name="timeout"/>; the receiver may still act on the message.</exception>
    /// <exception cref="UndeliveredException">The message became a dead letter; nobody acts on it.</exception>
    /// <exception cref="InvalidCastException">The reply is of another type.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled; the receiver may still act on the message.</exception>
    public static Task<TReply> Ask<TReply>(this ActorRef target, object message, TimeSpan timeout, TimeProvider time, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var promise = new PromiseActorRef<TReply>(target, message, timeout);
        promise.Arm(time, cancellation);
        target.Tell(message, promise);
        return promise.Reply;
    }

    /// <summary>Stops an actor and completes when it has stopped.</summary>
    /// <exception cref="AskTimeoutException">It has not stopped within <paramref name="timeout"/>; it still will.</exception>
    public static Task GracefulStop(this ActorRef target, TimeSpan timeout, TimeProvider time)
    {
        var promise = new PromiseActorRef<Terminated>(target, PoisonPill.Instance, timeout);
        promise.Arm(time, CancellationToken.None);
        target.SendSystem(new SystemMessage.Watch(promise));
        target.SendSystem(new SystemMessage.Stop());
        return promise.Reply;
    }

    /// <summary>Tells the result of a task to an actor when there is one; a failure is told as <see cref="Failure"/>.</summary>
    public static void PipeTo<T>(this Task<T> task, ActorRef target, ActorRef? sender = null) =>
        task.ContinueWith(
            ended => target.Tell(ended.IsCompletedSuccessfully ? ended.Result! : new Failure(ended.Exception?.InnerException ?? new TaskCanceledException(ended)), sender ?? ActorRef.NoSender),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
}
