using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Kernel.Actors;

namespace ActorOps.Kernel.Persistence;

/// <summary>
/// An actor whose state is the fold of its journalled events. It recovers before its first message (snapshot, then the events after it);
/// <see cref="PersistAsync"/> appends under the fence and applies afterwards, so state never holds what the store might not have.
/// </summary>
/// <remarks>
/// <see cref="Apply"/> must be pure. A handler awaits <see cref="PersistAsync"/> before it replies; messages that arrive meanwhile wait.
/// A fenced write, a conflict or an unavailable journal throws: the supervisor restarts the actor, which recovers anew.
/// </remarks>
public abstract class EventSourcedActor<TState, TEvent>(
    EventSourcedOptions options,
    JsonEventCodec<TEvent> codec,
    JsonTypeInfo<TState>? snapshotType = null) : Actor
    where TState : class
    where TEvent : class
{
    private long _sinceSnapshot;

    /// <summary>State after the last stored event.</summary>
    protected TState State { get; private set; } = null!;

    /// <summary>Sequence number of the last stored event; 0 before the first.</summary>
    protected long SequenceNumber { get; private set; }

    /// <summary>The entity's stream.</summary>
    protected abstract string StreamId { get; }

    /// <summary>State before the first event.</summary>
    protected abstract TState InitialState { get; }

    /// <summary>Epoch of this writer.</summary>
    protected long Epoch => options.Token.Epoch;

    /// <summary>Next state. No clock, no id source, no input or output.</summary>
    protected abstract TState Apply(TState state, TEvent e);

    /// <summary>Runs once the state is recovered, before the first message.</summary>
    protected virtual ValueTask Recovered() => default;

    /// <inheritdoc/>
    protected internal override async ValueTask PreStart()
    {
        State = InitialState;
        SequenceNumber = 0;
        await LoadSnapshotAsync().ConfigureAwait(false);
        await foreach (var record in options.Journal.ReadStreamAsync(StreamId, SequenceNumber + 1).ConfigureAwait(false))
        {
            State = Apply(State, codec.Decode(record.Kind, record.Payload));
            SequenceNumber = record.SequenceNumber;
        }

        await Recovered().ConfigureAwait(false);
    }

    /// <summary>Stores one command's events and messages, then applies the events. An empty list does nothing.</summary>
    /// <exception cref="FencedException">Another holder has taken over.</exception>
    /// <exception cref="SequenceConflictException">The stream has moved on.</exception>
    /// <exception cref="JournalUnavailableException">No answer in time, or the store could not write.</exception>
    protected async ValueTask PersistAsync(Guid commandId, IReadOnlyList<TEvent> events, IReadOnlyList<OutboxMessage>? outbox = null, string? traceId = null, bool drill = false)
    {
        if (events.Count == 0)
        {
            return;
        }

        var request = new AppendRequest(StreamId, SequenceNumber, options.Token, commandId, [.. events.Select(codec.Encode)])
        {
            Outbox = outbox ?? [],
            TraceId = traceId,
            Drill = drill,
        };
        switch (await AppendAsync(request).ConfigureAwait(false))
        {
            case AppendResult.Appended appended:
                State = events.Aggregate(State, Apply);
                SequenceNumber = appended.LastSequenceNumber;
                await SnapshotWhenDueAsync(events.Count).ConfigureAwait(false);
                break;
            case AppendResult.Fenced fenced:
                throw new FencedException(options.Token.Epoch, fenced.CurrentEpoch);
            case AppendResult.Conflict conflict:
                throw new SequenceConflictException(StreamId, SequenceNumber, conflict.CurrentSequenceNumber);
        }
    }

    private async ValueTask<AppendResult> AppendAsync(AppendRequest request)
    {
        try
        {
            return await options.Journal.AppendAsync(request).AsTask().WaitAsync(options.AppendTimeout, Context.System.TimeProvider).ConfigureAwait(false);
        }
        catch (TimeoutException timeout)
        {
            throw new JournalUnavailableException($"Append to {StreamId} had no answer within {options.AppendTimeout}.", timeout);
        }
    }

    private async ValueTask LoadSnapshotAsync()
    {
        if (snapshotType is null || options.Snapshots is null)
        {
            return;
        }

        var snapshot = await options.Snapshots.LoadAsync(StreamId).ConfigureAwait(false);
        if (snapshot is not null && JsonSerializer.Deserialize(snapshot.Payload, snapshotType) is { } state)
        {
            State = state;
            SequenceNumber = snapshot.SequenceNumber;
        }
    }

    private async ValueTask SnapshotWhenDueAsync(int added)
    {
        _sinceSnapshot += added;
        if (snapshotType is null || options.Snapshots is null || _sinceSnapshot < options.SnapshotEvery)
        {
            return;
        }

        _sinceSnapshot = 0;
        await options.Snapshots.SaveAsync(new Snapshot(StreamId, SequenceNumber, JsonSerializer.Serialize(State, snapshotType))).ConfigureAwait(false);
    }
}
