namespace ActorOps.Kernel.Persistence;

/// <summary>
/// The fold of one stream, kept wherever it is read. It learns of events by the feed, by the stream itself when it has missed something, and by the
/// stream's writer when that is in the same process; the sequence number makes the three one. Safe from any thread.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="initial">State before its first event.</param>
/// <param name="codec">Its events.</param>
/// <param name="apply">Next state; pure.</param>
public sealed class Projection<TState, TEvent>(string stream, TState initial, JsonEventCodec<TEvent> codec, Func<TState, TEvent, TState> apply) : IProjection
    where TState : class
    where TEvent : class
{
    private readonly Lock _lock = new();
    private readonly List<(long SequenceNumber, TaskCompletionSource Reached)> _waiting = [];
    private volatile Fold _current = new(initial, 0, 0);

    /// <summary>Called with the state before and after each step forward, one call at a time, on whatever thread brought the news. It must not wait for anything.</summary>
    public Action<TState, TState>? Changed { get; set; }

    /// <inheritdoc/>
    public string Stream => stream;

    /// <summary>State before the first event.</summary>
    public TState Initial => initial;

    /// <summary>Its events.</summary>
    public JsonEventCodec<TEvent> Codec => codec;

    /// <summary>The latest state.</summary>
    public TState State => Current.State;

    /// <summary>Sequence number of the last event in <see cref="State"/>.</summary>
    public long SequenceNumber => Current.SequenceNumber;

    /// <summary>Both of one moment. Takes no lock, so that it may be read from within <see cref="Changed"/> of another projection.</summary>
    public (TState State, long SequenceNumber) Current
    {
        get
        {
            var current = _current;
            return (current.State, current.SequenceNumber);
        }
    }

    /// <summary>Next state.</summary>
    public TState Apply(TState state, TEvent e) => apply(state, e);

    /// <summary>Steps forward to a state that somebody else has folded; an older one is left out.</summary>
    public void Advance(TState state, long sequenceNumber) => Advance(_current with { State = state, SequenceNumber = sequenceNumber });

    /// <summary>Completes once the state holds the event with this sequence number.</summary>
    public Task ReachedAsync(long sequenceNumber)
    {
        lock (_lock)
        {
            if (sequenceNumber <= _current.SequenceNumber)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((sequenceNumber, reached));
            return reached.Task;
        }
    }

    /// <inheritdoc/>
    public async ValueTask OfferAsync(JournalRecord record, IJournal journal, CancellationToken cancellation = default)
    {
        var current = _current;
        if (record.SequenceNumber == current.SequenceNumber + 1)
        {
            Advance(current with { State = apply(current.State, codec.Decode(record.Kind, record.Payload)), SequenceNumber = record.SequenceNumber });
        }
        else if (record.SequenceNumber > current.SequenceNumber)
        {
            await CatchUpAsync(journal, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask CatchUpAsync(IJournal journal, CancellationToken cancellation = default)
    {
        // Two at once do the same work twice, and the one that got less far is left out.
        Advance(await FoldAsync(_current, journal, cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReloadAsync(IJournal journal, CancellationToken cancellation = default)
    {
        var known = _current.SequenceNumber;
        var fold = await FoldAsync(new Fold(initial, 0, 0), journal, cancellation);
        lock (_lock)
        {
            var before = _current;
            _current = fold with { Reloads = before.Reloads + 1 };
            Changed?.Invoke(before.State, fold.State);
        }

        // What has come during the reading was set back with the rest, and is no loss.
        await CatchUpAsync(journal, cancellation);
        return fold.SequenceNumber < known;
    }

    private void Advance(Fold next)
    {
        lock (_lock)
        {
            // What was read before a reload is of a history that may not have happened.
            if (next.Reloads != _current.Reloads || next.SequenceNumber <= _current.SequenceNumber)
            {
                return;
            }

            var before = _current.State;
            _current = next;
            Changed?.Invoke(before, next.State);
            foreach (var (_, reached) in _waiting.Where(waiting => waiting.SequenceNumber <= next.SequenceNumber))
            {
                reached.TrySetResult();
            }

            _waiting.RemoveAll(waiting => waiting.SequenceNumber <= next.SequenceNumber);
        }
    }

    private async ValueTask<Fold> FoldAsync(Fold start, IJournal journal, CancellationToken cancellation)
    {
        var (state, known) = (start.State, start.SequenceNumber);
        await foreach (var record in journal.ReadStreamAsync(stream, known + 1, cancellation))
        {
            state = apply(state, codec.Decode(record.Kind, record.Payload));
            known = record.SequenceNumber;
        }

        return start with { State = state, SequenceNumber = known };
    }

    private sealed record Fold(TState State, long SequenceNumber, int Reloads);
}
