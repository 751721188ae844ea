using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Streams;

/// <summary>Stages between two paces.</summary>
public static class RateStages
{
    /// <summary>Up to <paramref name="capacity"/> (1 or more) elements between a fast source and a slow end; <paramref name="overflow"/> says what happens past it.</summary>
    /// <exception cref="StreamOverflowException">Fails the stream past the capacity with <see cref="OverflowPolicy.Fail"/>.</exception>
    public static Source<T> Buffer<T>(this Source<T> source, int capacity, OverflowPolicy overflow = OverflowPolicy.Backpressure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            if (overflow == OverflowPolicy.Fail)
            {
                var (queue, buffered) = Source.Queue<T>(capacity, overflow);
                await using var feeder = new Pump<bool>(new Source<bool>(inner => Feed(inner, queue)), scope);
                await foreach (var element in buffered.Open(scope))
                {
                    yield return element;
                }

                yield break;
            }

            await using var pump = new Pump<T>(source, scope, StreamChannels.Options(capacity, overflow));
            while (await pump.WaitAsync())
            {
                while (pump.TryRead(out var element))
                {
                    yield return element;
                }
            }
        }

        async IAsyncEnumerable<bool> Feed(StreamScope scope, SourceQueue<T> queue)
        {
            Exception? failure = null;
            try
            {
                await foreach (var element in source.Open(scope))
                {
                    await queue.OfferAsync(element, scope.Cancellation);
                }
            }
#pragma warning disable CA1031 // the failure goes on through the queue
            catch (Exception reason)
#pragma warning restore CA1031
            {
                failure = reason;
            }

            if (failure is null)
            {
                queue.Complete();
            }
            else
            {
                queue.Fail(failure);
            }

            yield break;
        }
    }

    /// <summary>At most so many elements a time span, with bursts of up to <paramref name="burst"/> (1 or more) after a pause.</summary>
    public static Source<T> Throttle<T>(this Source<T> source, int elements, TimeSpan per, int burst = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(elements, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(per, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            // Generic cell rate algorithm (ITU-T I.371): the time at which the next element would be due if all came evenly.
            var each = per / elements;
            var started = scope.Time.GetTimestamp();
            var due = TimeSpan.Zero;
            await foreach (var element in source.Open(scope))
            {
                var now = scope.Time.GetElapsedTime(started);
                due = due > now ? due : now;
                var wait = due - now - (each * (burst - 1));
                due += each;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, scope.Time, scope.Cancellation);
                }

                yield return element;
            }
        }
    }

    /// <summary>While the end is slower than the source, elements are folded into one: the end gets the newest summary and never an old backlog.</summary>
    public static Source<TState> Conflate<T, TState>(this Source<T> source, Func<T, TState> seed, Func<TState, T, TState> fold)
    {
        return new(Run);

        async IAsyncEnumerable<TState> Run(StreamScope scope)
        {
            var summary = new Summary<T, TState>(seed, fold);
            await using var pump = new Pump<bool>(new Source<bool>(inner => Fold(inner, summary)), scope, StreamChannels.Options(1, OverflowPolicy.DropNewest));
            while (await pump.WaitAsync())
            {
                while (pump.TryRead(out _))
                {
                    if (summary.TryTake(out var state))
                    {
                        yield return state;
                    }
                }
            }

            if (summary.TryTake(out var last))
            {
                yield return last;
            }
        }

        async IAsyncEnumerable<bool> Fold(StreamScope scope, Summary<T, TState> summary)
        {
            await foreach (var element in source.Open(scope))
            {
                summary.Add(element);
                yield return true;
            }
        }
    }

    /// <summary>Fails with <see cref="StreamIdleException"/> when no element comes for the time.</summary>
    public static Source<T> IdleTimeout<T>(this Source<T> source, TimeSpan time) => source.WhenIdle(time, () => throw new StreamIdleException(time));

    /// <summary>Puts in an element of its own whenever none has come for the time.</summary>
    public static Source<T> KeepAlive<T>(this Source<T> source, TimeSpan time, Func<T> element) => source.WhenIdle(time, element);

    private static Source<T> WhenIdle<T>(this Source<T> source, TimeSpan time, Func<T> substitute)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            await using var pump = new Pump<T>(source, scope);
            while (true)
            {
                switch (await pump.WaitAsync(time))
                {
                    case Arrival.Ended:
                        yield break;
                    case Arrival.TimedOut:
                        yield return substitute();
                        break;
                    default:
                        if (pump.TryRead(out var element))
                        {
                            yield return element;
                        }

                        break;
                }
            }
        }
    }

    /// <summary>The fold of what the end has not taken yet.</summary>
    private sealed class Summary<T, TState>(Func<T, TState> seed, Func<TState, T, TState> fold)
    {
        private readonly Lock _lock = new();
        private TState? _state;
        private bool _any;

        public void Add(T element)
        {
            lock (_lock)
            {
                _state = _any ? fold(_state!, element) : seed(element);
                _any = true;
            }
        }

        public bool TryTake(out TState state)
        {
            lock (_lock)
            {
                (state, var any) = (_state!, _any);
                (_state, _any) = (default, false);
                return any;
            }
        }
    }
}
