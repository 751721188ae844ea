using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Streams;

/// <summary>A whole stream, from source to sink. Each run is a new one.</summary>
public sealed class RunnableStream
{
    private readonly Func<StreamScope, Task> _run;

    internal RunnableStream(Func<StreamScope, Task> run) => _run = run;

    /// <summary>
    /// Runs the stream beside an actor: it is cancelled, and waited for, when the actor restarts or stops, and its failure is the actor's failure,
    /// for the supervisor to decide on.
    /// </summary>
    public void RunIn(ActorContext context)
    {
        var time = context.System.TimeProvider;
        context.StartTask(cancellation => RunAsync(time, cancellation));
    }

    /// <summary>Runs the stream; completes when its sink is done and everything before it has ended.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public Task RunAsync(TimeProvider time, CancellationToken cancellation = default) => _run(new StreamScope(time, cancellation));
}
