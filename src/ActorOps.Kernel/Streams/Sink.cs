using System.Threading.Channels;
using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Streams;

/// <summary>End of a stream.</summary>
public sealed class Sink<T>
{
    private readonly Func<Source<T>, StreamScope, Task> _run;

    internal Sink(Func<Source<T>, StreamScope, Task> run) => _run = run;

    internal Task RunAsync(Source<T> source, StreamScope scope) => _run(source, scope);
}

/// <summary>Ends of streams.</summary>
public static class Sink
{
    /// <summary>Calls the action with each element, one after the other.</summary>
    public static Sink<T> ForEach<T>(Func<T, ValueTask> action) => new(async (source, scope) =>
    {
        await foreach (var element in source.Open(scope))
        {
            await action(element);
        }
    });

    /// <inheritdoc cref="ForEach{T}(Func{T, ValueTask})"/>
    public static Sink<T> ForEach<T>(Action<T> action) => new(async (source, scope) =>
    {
        await foreach (var element in source.Open(scope))
        {
            action(element);
        }
    });

    /// <summary>Lets everything through and keeps nothing.</summary>
    public static Sink<T> Ignore<T>() => ForEach<T>(static _ => { });

    /// <summary>Writes to a channel, which is completed when the stream ends, with its failure if it had one.</summary>
    public static Sink<T> Channel<T>(ChannelWriter<T> writer) => new(async (source, scope) =>
    {
        Exception? failure = null;
        try
        {
            await foreach (var element in source.Open(scope))
            {
                await writer.WriteAsync(element, scope.Cancellation);
            }
        }
        catch (Exception reason)
        {
            failure = reason;
            throw;
        }
        finally
        {
            writer.TryComplete(failure);
        }
    });

    /// <summary>
    /// Tells each element to an actor, in order, with at most <paramref name="inFlight"/> that it has not handled yet. An element that reaches
    /// nobody fails the stream with <see cref="Asking.UndeliveredException"/>. When all are handled, <paramref name="onCompleted"/> is told.
    /// </summary>
    public static Sink<T> Tell<T>(ActorRef target, int inFlight = 16, object? onCompleted = null)
        where T : class => new((source, scope) => ActorSink<T>.RunAsync(source, scope, target, inFlight, onCompleted));

    /// <summary>Gives each element to every sink; the slowest sets the pace. A sink that is done early is left out; one that fails, fails all.</summary>
    public static Sink<T> Broadcast<T>(params IReadOnlyList<Sink<T>> sinks) => new((source, scope) => BroadcastSink<T>.RunAsync(source, scope, sinks));
}
