using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorOps.Kernel.Persistence;

/// <summary>
/// Brings an entity back: the newest snapshot that can be read and that belongs to this journal, then the events after it, in order. A snapshot
/// is never needed: one that is damaged, of another version, or ahead of the journal is passed over for an older one, at last for none.
/// </summary>
internal sealed class Recovery<TState, TEvent>(
    EventSourcedOptions options,
    JsonEventCodec<TEvent> codec,
    JsonTypeInfo<TState>? snapshotType,
    Func<TState, TEvent, TState> apply,
    ActorSystem system)
    where TState : class
    where TEvent : class
{
    /// <summary>The state, its sequence number, and how many events were read to get there.</summary>
    public async ValueTask<(TState State, long SequenceNumber, long Replayed)> RunAsync(string stream, TState initial)
    {
        var before = long.MaxValue;
        while (await LoadSnapshotAsync(stream, before) is { } snapshot)
        {
            if (snapshot.State is not null && await ReplayAsync(stream, snapshot.State, snapshot.SequenceNumber) is { } recovered)
            {
                return recovered;
            }

            before = snapshot.SequenceNumber - 1;
        }

        return (await ReplayAsync(stream, initial, 0))!.Value;
    }

    private async ValueTask<(TState? State, long SequenceNumber)?> LoadSnapshotAsync(string stream, long atMost)
    {
        if (snapshotType is null || options.Snapshots is null)
        {
            return null;
        }

        var snapshot = await Bounded(options.Snapshots.LoadAsync(stream, atMost), stream);
        try
        {
            return snapshot is null ? null : (JsonSerializer.Deserialize(snapshot.Payload, snapshotType), snapshot.SequenceNumber);
        }
        catch (Exception reason) when (reason is JsonException or NotSupportedException)
        {
            KernelLog.SnapshotUnreadable(system.Log, stream, snapshot!.SequenceNumber, reason);
            return (null, snapshot.SequenceNumber);
        }
    }

    /// <summary>Reads from the snapshot's own last event on: null when the journal does not have it.</summary>
    private async ValueTask<(TState State, long SequenceNumber, long Replayed)?> ReplayAsync(string stream, TState state, long sequenceNumber)
    {
        using var cancellation = new CancellationTokenSource();
        var events = options.Journal.ReadStreamAsync(stream, Math.Max(1, sequenceNumber), cancellation.Token).GetAsyncEnumerator(cancellation.Token);
        var belongs = sequenceNumber == 0;
        long replayed = 0;
        try
        {
            while (await Bounded(events.MoveNextAsync(), stream))
            {
                var record = events.Current;
                if (belongs)
                {
                    state = apply(state, codec.Decode(record.Kind, record.Payload));
                    sequenceNumber = record.SequenceNumber;
                    replayed++;
                }
                else if (record.SequenceNumber == sequenceNumber)
                {
                    belongs = true;
                }
                else
                {
                    break;
                }
            }

            if (!belongs)
            {
                KernelLog.SnapshotUnreadable(system.Log, stream, sequenceNumber, new InvalidOperationException("The journal does not have the snapshot's last event."));
                return null;
            }

            await events.DisposeAsync();
            return (state, sequenceNumber, replayed);
        }
        finally
        {
            // An enumerator that still hangs in a read must not be disposed; the token ends it.
            cancellation.Cancel();
        }
    }

    private async ValueTask<T> Bounded<T>(ValueTask<T> read, string stream)
    {
        if (read.IsCompleted)
        {
            return await read;
        }

        try
        {
            return await read.AsTask().WaitAsync(options.RecoveryTimeout, system.TimeProvider);
        }
        catch (TimeoutException timeout)
        {
            throw new JournalUnavailableException($"Recovery of {stream} had no answer within {options.RecoveryTimeout}.", timeout);
        }
    }
}
