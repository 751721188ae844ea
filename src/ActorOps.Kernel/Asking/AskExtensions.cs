using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Asking;

/// <summary>Request and reply from outside an actor.</summary>
public static class AskExtensions
{
    /// <summary>Tells the message with a one-time sender and completes with the first reply to it.</summary>
    /// <exception cref="AskTimeoutException">No reply within <paramref name="timeout"/>; the receiver may still act on the message.</exception>
    /// <exception cref="InvalidCastException">The reply is of another type.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled; the receiver may still act on the message.</exception>
    public static async Task<TReply> Ask<TReply>(this ActorRef target, object message, TimeSpan timeout, TimeProvider time, CancellationToken cancellation = default)
    {
        var promise = new PromiseActorRef(target.Path);
        target.Tell(message, promise);
        object reply;
        try
        {
            reply = await promise.Reply.WaitAsync(timeout, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new AskTimeoutException(target.Path, message.GetType(), timeout);
        }

        return reply is TReply typed
            ? typed
            : throw new InvalidCastException($"{target.Path} answered {message.GetType().Name} with {reply.GetType().Name}, expected {typeof(TReply).Name}.");
    }
}
