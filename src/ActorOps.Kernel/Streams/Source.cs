using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorOps.Kernel.Mailboxes;
using ActorOps.Kernel.Supervision;

namespace ActorOps.Kernel.Streams;

/// <summary>
/// Blueprint of a stream of elements: nothing happens before it is run. Elements are pulled from the end, so a slow stage slows all before it
/// (backpressure), and stages that need a pace of their own put a bounded channel in between.
/// </summary>
/// <remarks>
/// Ending goes both ways: when a stage or the sink is done or fails, what comes before it is cancelled and awaited; when a source ends or fails,
/// what comes after it ends or fails with the same exception. Stages run outside of actors and must not touch an actor's state; <see cref="Sink.Tell{T}"/>
/// is the way back. Times are those of the clock the stream is run with. Names follow Akka Streams.
/// </remarks>
public sealed class Source<T>
{
    private readonly Func<StreamScope, IAsyncEnumerable<T>> _open;

    internal Source(Func<StreamScope, IAsyncEnumerable<T>> open) => _open = open;

    /// <summary>What comes out of a flow that this flows into.</summary>
    public Source<TOut> Via<TOut>(Flow<T, TOut> flow) => flow.Apply(this);

    /// <summary>A whole stream, ready to run.</summary>
    public RunnableStream To(Sink<T> sink) => new(scope => sink.RunAsync(this, scope));

    internal IAsyncEnumerable<T> Open(StreamScope scope) => _open(scope);
}

/// <summary>Beginnings of streams.</summary>
public static class Source
{
    /// <summary>The elements of a collection, anew in each run.</summary>
    public static Source<T> From<T>(IEnumerable<T> elements) => new(scope => Enumerate(elements, scope.Cancellation));

    /// <summary>The elements of an asynchronous sequence, which is enumerated anew in each run.</summary>
    public static Source<T> From<T>(IAsyncEnumerable<T> elements) => new(scope => Enumerate(elements, scope.Cancellation));

    /// <summary>What is read from a channel. Two runs at once share the elements between them.</summary>
    public static Source<T> From<T>(ChannelReader<T> reader) => new(scope => reader.ReadEverything(scope.Cancellation));

    /// <summary>A failure.</summary>
    public static Source<T> Failed<T>(Exception reason) => From(Throw<T>(reason));

    /// <summary>The element after each interval; while the stream is slower, ticks are left out.</summary>
    public static Source<T> Tick<T>(TimeSpan interval, Func<T> element) => new(scope => Ticks(interval, element, scope));

    /// <summary>A stream fed from outside, and its feeder. It runs once.</summary>
    /// <param name="capacity">Elements that wait at once, 1 or more.</param>
    /// <param name="overflow">What an offer past the capacity does.</param>
    public static (SourceQueue<T> Queue, Source<T> Source) Queue<T>(int capacity, OverflowPolicy overflow = OverflowPolicy.Backpressure)
    {
        var queue = new SourceQueue<T>(capacity, overflow);
        return (queue, new Source<T>(queue.Open));
    }

    /// <summary>
    /// Runs a source, and a new one from the factory each time it has failed, after the backoff. More than <paramref name="maxRestarts"/> failures within
    /// the window fail the stream. A source that ends, ends the stream.
    /// </summary>
    public static Source<T> RestartWithBackoff<T>(Func<Source<T>> factory, Backoff backoff, int maxRestarts, TimeSpan window) =>
        new(scope => Restarting(factory, backoff, maxRestarts, window, scope));

    private static async IAsyncEnumerable<T> Enumerate<T>(IEnumerable<T> elements, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var element in elements)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return element;
        }

        await Task.CompletedTask;
    }

    private static async IAsyncEnumerable<T> Enumerate<T>(IAsyncEnumerable<T> elements, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var element in elements.WithCancellation(cancellation))
        {
            yield return element;
        }
    }

    private static IEnumerable<T> Throw<T>(Exception reason)
    {
        yield return reason is null ? default! : throw reason;
    }

    private static async IAsyncEnumerable<T> Ticks<T>(TimeSpan interval, Func<T> element, StreamScope scope)
    {
        using var timer = new PeriodicTimer(interval, scope.Time);
        while (await timer.WaitForNextTickAsync(scope.Cancellation))
        {
            yield return element();
        }
    }

    private static async IAsyncEnumerable<T> Restarting<T>(Func<Source<T>> factory, Backoff backoff, int maxRestarts, TimeSpan window, StreamScope scope)
    {
        var history = new RestartHistory(scope.Time);
        while (true)
        {
            await using var elements = factory().Open(scope).GetAsyncEnumerator(scope.Cancellation);
            TimeSpan? pause = null;
            while (pause is null)
            {
                try
                {
                    if (!await elements.MoveNextAsync())
                    {
                        yield break;
                    }
                }
                catch (Exception) when (!scope.Cancellation.IsCancellationRequested && (pause = history.TryAdd(maxRestarts, window, backoff)) is not null)
                {
                    continue;
                }

                yield return elements.Current;
            }

            await Task.Delay(pause.Value, scope.Time, scope.Cancellation);
        }
    }
}
