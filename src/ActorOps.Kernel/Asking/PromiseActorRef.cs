using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Events;
using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Asking;

/// <summary>
/// A sender that completes a task with the first message told to it. It is registered nowhere but with its timer and its token, which it lets
/// go of when it completes, so an abandoned one leaks nothing past its timeout.
/// </summary>
internal sealed class PromiseActorRef<TReply>(ActorRef target, object message, TimeSpan timeout) : ActorRef, IPromise
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private ITimer? _timer;

    public Task<TReply> Reply => _reply.Task;

    public override ActorPath Path => target.Path.Append("$ask");

    public void Arm(TimeProvider time, CancellationToken cancellation)
    {
        var timer = time.CreateTimer(static state => ((PromiseActorRef<TReply>)state!).OnTimeout(), this, timeout, Timeout.InfiniteTimeSpan);
        var registration = cancellation.UnsafeRegister(static (state, token) => ((PromiseActorRef<TReply>)state!).OnCancelled(token), this);
        (_cancellation, _timer) = (registration, timer);
        if (_reply.Task.IsCompleted)
        {
            Disarm();
        }
    }

    public override void Tell(object reply, ActorRef sender)
    {
        reply = reply is AutoReceivedMessage.Caused caused ? caused.Message : reply;
        var first = reply is TReply typed
            ? _reply.TrySetResult(typed)
            : _reply.TrySetException(new InvalidCastException($"{target.Path} answered {message.GetType().Name} with {reply.GetType().Name}, expected {typeof(TReply).Name}."));
        if (first)
        {
            Disarm();
        }
    }

    public void OnUndelivered(DeadLetter letter)
    {
        if (ReferenceEquals(letter.Message, message) && _reply.TrySetException(new UndeliveredException(letter.Recipient.Path, message.GetType(), letter.Reason)))
        {
            Disarm();
        }
    }

    internal override void SendSystem(SystemMessage message)
    {
        if (message is SystemMessage.WatchedStopped stopped)
        {
            Tell(new Terminated(stopped.Target), NoSender);
        }
    }

    private void OnTimeout()
    {
        if (_reply.TrySetException(new AskTimeoutException(target.Path, message.GetType(), timeout)))
        {
            Disarm();
        }
    }

    private void OnCancelled(CancellationToken token)
    {
        if (_reply.TrySetCanceled(token))
        {
            _timer?.Dispose();
        }
    }

    private void Disarm()
    {
        _timer?.Dispose();
        _cancellation.Unregister();
    }
}
