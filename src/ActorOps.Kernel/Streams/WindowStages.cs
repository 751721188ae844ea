namespace ActorOps.Kernel.Streams;

/// <summary>Stages that gather elements. Windows of time follow the stream's clock from its start; an element belongs to the window in which it arrives.</summary>
public static class WindowStages
{
    /// <summary>Tumbling windows of so many elements; the last may be smaller.</summary>
    public static Source<IReadOnlyList<T>> Grouped<T>(this Source<T> source, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(Run);

        async IAsyncEnumerable<IReadOnlyList<T>> Run(StreamScope scope)
        {
            var window = new List<T>(count);
            await foreach (var element in source.Open(scope))
            {
                window.Add(element);
                if (window.Count == count)
                {
                    yield return window;
                    window = new List<T>(count);
                }
            }

            if (window.Count > 0)
            {
                yield return window;
            }
        }
    }

    /// <summary>
    /// Sliding windows of so many elements: one each <paramref name="step"/> elements (1 to <paramref name="count"/>), once there are enough. A source that
    /// ends before the first window is full gives one with what there was.
    /// </summary>
    public static Source<IReadOnlyList<T>> Sliding<T>(this Source<T> source, int count, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(step, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, count);
        return new(Run);

        async IAsyncEnumerable<IReadOnlyList<T>> Run(StreamScope scope)
        {
            var window = new Queue<T>(count);
            var given = false;
            await foreach (var element in source.Open(scope))
            {
                window.Enqueue(element);
                if (window.Count < count)
                {
                    continue;
                }

                given = true;
                yield return [.. window];
                for (var i = 0; i < step; i++)
                {
                    window.Dequeue();
                }
            }

            if (!given && window.Count > 0)
            {
                yield return [.. window];
            }
        }
    }

    /// <summary>Windows of up to <paramref name="count"/> elements, given when full or when the time since the first element in it is up; never empty.</summary>
    public static Source<IReadOnlyList<T>> GroupedWithin<T>(this Source<T> source, int count, TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        return new(Run);

        async IAsyncEnumerable<IReadOnlyList<T>> Run(StreamScope scope)
        {
            await using var pump = new Pump<T>(source, scope);
            var window = new List<T>();
            long opened = 0;
            while (true)
            {
                var arrival = window.Count == 0
                    ? await pump.WaitAsync() ? Arrival.Element : Arrival.Ended
                    : await pump.WaitAsync(time - scope.Time.GetElapsedTime(opened));
                if (arrival == Arrival.Element && pump.TryRead(out var element))
                {
                    opened = window.Count == 0 ? scope.Time.GetTimestamp() : opened;
                    window.Add(element);
                }

                if (window.Count > 0 && (arrival != Arrival.Element || window.Count == count))
                {
                    yield return window;
                    window = [];
                }

                if (arrival == Arrival.Ended)
                {
                    yield break;
                }
            }
        }
    }

    /// <summary>Tumbling windows of time, one after the other without a gap: an empty one is given too, for silence is a finding. The last may be shorter.</summary>
    public static Source<IReadOnlyList<T>> TumblingWindow<T>(this Source<T> source, TimeSpan size) => source.SlidingWindow(size, size);

    /// <summary>Sliding windows of time: each <paramref name="step"/>, the elements of the last <paramref name="size"/>, which may be none. What arrived since the last step is given when the source ends.</summary>
    public static Source<IReadOnlyList<T>> SlidingWindow<T>(this Source<T> source, TimeSpan size, TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(step, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, step);
        return new(Run);

        async IAsyncEnumerable<IReadOnlyList<T>> Run(StreamScope scope)
        {
            await using var pump = new Pump<T>(source, scope);
            var window = new Queue<(TimeSpan At, T Element)>();
            var started = scope.Time.GetTimestamp();
            var due = step;
            while (true)
            {
                var now = scope.Time.GetElapsedTime(started);
                var arrival = now >= due ? Arrival.TimedOut : await pump.WaitAsync(due - now);
                now = scope.Time.GetElapsedTime(started);
                if (now >= due || arrival == Arrival.Ended)
                {
                    var end = arrival == Arrival.Ended && now < due ? now : due;
                    while (window.TryPeek(out var oldest) && oldest.At < due - size)
                    {
                        window.Dequeue();
                    }

                    if (arrival != Arrival.Ended || now >= due || window.Any(entry => entry.At >= due - step))
                    {
                        yield return [.. window.Where(entry => entry.At < end || arrival == Arrival.Ended).Select(entry => entry.Element)];
                    }

                    due += step;
                }

                if (arrival == Arrival.Ended)
                {
                    yield break;
                }

                if (arrival == Arrival.Element && now < due && pump.TryRead(out var element))
                {
                    window.Enqueue((now, element));
                }
            }
        }
    }
}
