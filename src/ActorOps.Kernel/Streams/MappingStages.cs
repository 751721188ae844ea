using System.Threading.Channels;

namespace ActorOps.Kernel.Streams;

/// <summary>Stages from element to element.</summary>
public static class MappingStages
{
    /// <summary>Each element's image.</summary>
    public static Source<TOut> Select<TIn, TOut>(this Source<TIn> source, Func<TIn, TOut> map)
    {
        return new(Run);

        async IAsyncEnumerable<TOut> Run(StreamScope scope)
        {
            await foreach (var element in source.Open(scope))
            {
                yield return map(element);
            }
        }
    }

    /// <summary>The elements that pass.</summary>
    public static Source<T> Where<T>(this Source<T> source, Func<T, bool> passes)
    {
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            await foreach (var element in source.Open(scope))
            {
                if (passes(element))
                {
                    yield return element;
                }
            }
        }
    }

    /// <summary>Every element of each element's image.</summary>
    public static Source<TOut> SelectMany<TIn, TOut>(this Source<TIn> source, Func<TIn, IEnumerable<TOut>> map)
    {
        return new(Run);

        async IAsyncEnumerable<TOut> Run(StreamScope scope)
        {
            await foreach (var element in source.Open(scope))
            {
                foreach (var image in map(element))
                {
                    yield return image;
                }
            }
        }
    }

    /// <summary>At most the first so many elements; then what comes before is cancelled.</summary>
    public static Source<T> Take<T>(this Source<T> source, long count)
    {
        return new(Run);

        async IAsyncEnumerable<T> Run(StreamScope scope)
        {
            var left = count;
            if (left <= 0)
            {
                yield break;
            }

            await foreach (var element in source.Open(scope))
            {
                yield return element;
                if (--left <= 0)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>One element, the fold of all, when the source ends.</summary>
    public static Source<TState> Aggregate<T, TState>(this Source<T> source, TState seed, Func<TState, T, TState> fold)
    {
        return new(Run);

        async IAsyncEnumerable<TState> Run(StreamScope scope)
        {
            var state = seed;
            await foreach (var element in source.Open(scope))
            {
                state = fold(state, element);
            }

            yield return state;
        }
    }

    /// <summary>Each element's asynchronous image, in order, at most <paramref name="parallelism"/> (1 or more) under way at once.</summary>
    public static Source<TOut> SelectAsync<TIn, TOut>(this Source<TIn> source, int parallelism, Func<TIn, CancellationToken, Task<TOut>> map)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        return new(Run);

        async IAsyncEnumerable<TOut> Run(StreamScope scope)
        {
            var room = new Room(parallelism);
            await using var pump = new Pump<Task<TOut>>(new Source<Task<TOut>>(inner => Start(inner, room)), scope, new BoundedChannelOptions(parallelism));
            try
            {
                while (await pump.WaitAsync())
                {
                    while (pump.TryRead(out var image))
                    {
                        yield return await image;
                        room.Leave();
                    }
                }
            }
            finally
            {
                pump.Cancel();
                while (pump.TryRead(out var image))
                {
                    await ((Task)image).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                }
            }
        }

        async IAsyncEnumerable<Task<TOut>> Start(StreamScope scope, Room room)
        {
            await foreach (var element in source.Open(scope))
            {
                await room.EnterAsync(scope.Cancellation);
                yield return map(element, scope.Cancellation);
            }
        }
    }
}
