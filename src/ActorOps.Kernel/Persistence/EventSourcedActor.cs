using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Diagnostics;

namespace ActorOps.Kernel.Persistence;

/// <summary>
/// An actor whose state is the fold of its journalled events. It recovers before its first message (snapshot, then the events after it);
/// <see cref="PersistAsync"/> appends under the fence and applies afterwards, so state never holds what the store might not have.
/// </summary>
/// <remarks>
/// <see cref="Apply"/> must be pure. A handler awaits <see cref="PersistAsync"/>; what stands after the await is the persist handler, and messages
/// that arrive meanwhile wait. A fenced write, a conflict or an unavailable journal throws: the command is not answered, its deferred effects
/// are dropped, and the supervisor restarts the actor, which recovers anew. A journal that hangs counts as unavailable after a bounded wait.
/// </remarks>
public abstract class EventSourcedActor<TState, TEvent>(
    EventSourcedOptions options,
    JsonEventCodec<TEvent> codec,
    JsonTypeInfo<TState>? snapshotType = null) : Actor
    where TState : class
    where TEvent : class
{
    private readonly Queue<Func<ValueTask>> _deferred = new();
    private long _sinceSnapshot;
    private bool _savingSnapshot;

    /// <summary>State after the last stored event.</summary>
    protected TState State { get; private set; } = null!;

    /// <summary>Sequence number of the last stored event; 0 before the first.</summary>
    protected long SequenceNumber { get; private set; }

    /// <summary>The entity's stream.</summary>
    protected abstract string StreamId { get; }

    /// <summary>State before the first event.</summary>
    protected abstract TState InitialState { get; }

    /// <summary>Where it is stored.</summary>
    protected IJournal Journal => options.Journal;

    /// <summary>Epoch of this writer.</summary>
    protected long Epoch => options.Token.Epoch;

    /// <summary>Next state. No clock, no id source, no input or output.</summary>
    protected abstract TState Apply(TState state, TEvent e);

    /// <summary>Handles one command, once the state is recovered.</summary>
    protected abstract ValueTask ReceiveCommand(object message);

    /// <summary>Runs once the state is recovered, before the first message.</summary>
    protected virtual ValueTask Recovered() => default;

    /// <summary>Runs after events were stored and applied, before what was deferred.</summary>
    protected virtual void Stored()
    {
    }

    /// <inheritdoc/>
    protected internal sealed override ValueTask Receive(object message)
    {
        _deferred.Clear();
        var handling = ReceiveCommand(message);
        return handling.IsCompletedSuccessfully && _deferred.Count == 0 ? default : Finish(handling);

        async ValueTask Finish(ValueTask handled)
        {
            await handled;
            await RunDeferredAsync();
        }
    }

    /// <inheritdoc/>
    protected internal sealed override async ValueTask PreStart()
    {
        var recovery = new Recovery<TState, TEvent>(options, codec, snapshotType, Apply, Context.System);
        (State, SequenceNumber, _sinceSnapshot) = await recovery.RunAsync(StreamId, InitialState);
        await Recovered();
    }

    /// <summary>
    /// Puts an effect off until what the command in hand persists is stored and applied: it runs after the next <see cref="PersistAsync"/>, or when
    /// the handler returns without one. It never runs when the handler fails. Effects run in the order of their calls.
    /// </summary>
    protected void Defer(Func<ValueTask> effect) => _deferred.Enqueue(effect);

    /// <inheritdoc cref="Defer(Func{ValueTask})"/>
    protected void Defer(Action effect) => Defer(() =>
    {
        effect();
        return default;
    });

    /// <summary>Stores one command's events and messages, all or none, then applies the events. An empty list does nothing. The trace defaults to the causality id in force.</summary>
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
            TraceId = traceId ?? Causality.Current,
            Drill = drill,
        };
        switch (await AppendAsync(request))
        {
            case AppendResult.Appended appended:
                State = events.Aggregate(State, Apply);
                SequenceNumber = appended.LastSequenceNumber;
                Stored();
                SnapshotWhenDue(events.Count);
                await RunDeferredAsync();
                break;
            case AppendResult.Fenced fenced:
                throw new FencedException(options.Token.Epoch, fenced.CurrentEpoch);
            case AppendResult.Conflict conflict:
                throw new SequenceConflictException(StreamId, SequenceNumber, conflict.CurrentSequenceNumber);
        }
    }

    private async ValueTask RunDeferredAsync()
    {
        while (_deferred.TryDequeue(out var effect))
        {
            await effect();
        }
    }

    private async ValueTask<AppendResult> AppendAsync(AppendRequest request)
    {
        try
        {
            return await options.Journal.AppendAsync(request).AsTask().WaitAsync(options.AppendTimeout, Context.System.TimeProvider);
        }
        catch (TimeoutException timeout)
        {
            throw new JournalUnavailableException($"Append to {StreamId} had no answer within {options.AppendTimeout}.", timeout);
        }
    }

    private void SnapshotWhenDue(int added)
    {
        _sinceSnapshot += added;
        if (snapshotType is null || options.Snapshots is null || _sinceSnapshot < options.SnapshotEvery || _savingSnapshot)
        {
            return;
        }

        (_sinceSnapshot, _savingSnapshot) = (0, true);
        var (state, sequenceNumber) = (State, SequenceNumber);
        Context.StartTask(cancellation => SaveSnapshotAsync(state, sequenceNumber, cancellation));
    }

    /// <summary>Beside the actor: a command never waits for a snapshot, and one that cannot be stored costs time at the next recovery, no more.</summary>
    private async Task SaveSnapshotAsync(TState state, long sequenceNumber, CancellationToken cancellation)
    {
        try
        {
            var snapshot = new Snapshot(StreamId, sequenceNumber, JsonSerializer.Serialize(state, snapshotType!));
            await options.Snapshots!.SaveAsync(snapshot, options.SnapshotsKept, cancellation).AsTask().WaitAsync(cancellation);
        }
        catch (Exception reason) when (reason is not OperationCanceledException)
        {
            KernelLog.SnapshotNotStored(Context.System.Log, StreamId, sequenceNumber, reason);
        }
        finally
        {
            Volatile.Write(ref _savingSnapshot, false);
        }
    }
}
