using System.Runtime.CompilerServices;
using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit;

/// <summary>A journal for unit tests, with failures on demand.</summary>
public sealed class InMemoryJournal(TimeProvider time, long epoch = 1) : IJournal, IOutbox
{
    private readonly Lock _lock = new();
    private readonly List<JournalRecord> _records = [];
    private readonly List<OutboxMessage> _outbox = [];

    public long Epoch { get; set; } = epoch;

    /// <summary>Thrown by appends while set.</summary>
    public Exception? AppendFailure { get; set; }

    public IReadOnlyList<JournalRecord> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    public ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
    {
        if (AppendFailure is { } failure)
        {
            throw failure;
        }

        lock (_lock)
        {
            var repeated = _records.LastOrDefault(record => record.CommandId == request.CommandId);
            if (repeated is not null)
            {
                return new(new AppendResult.Appended(repeated.SequenceNumber));
            }

            if (request.Token is { } token && token.Epoch != Epoch)
            {
                return new(new AppendResult.Fenced(Epoch));
            }

            var head = _records.LastOrDefault(record => record.Stream == request.Stream)?.SequenceNumber ?? 0;
            if (head != request.ExpectedSequenceNumber)
            {
                return new(new AppendResult.Conflict(head));
            }

            var ordinal = 0;
            foreach (var entry in request.Entries)
            {
                _records.Add(new JournalRecord((_records.Count + 1).ToString(), request.Stream, ++head, Epoch, entry.Kind, entry.Payload, request.CommandId, ordinal++, request.TraceId, request.Drill, time.GetUtcNow()));
            }

            _outbox.AddRange(request.Outbox);
            return new(new AppendResult.Appended(head));
        }
    }

    public async IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var record in Records.Where(record => record.Stream == stream && record.SequenceNumber >= fromSequenceNumber))
        {
            yield return record;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) =>
        new([.. Records.Skip(int.Parse(afterCursor ?? "0")).Take(limit)]);

    public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => new(Records.Count == 0 ? null : Records.Count.ToString());

    public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => new((long?)null);

    public ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _outbox.Where(message => message.Destination == destination).Take(limit)]);
        }
    }

    public ValueTask<bool> MarkDeliveredAsync(Guid id, string outcome, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new(_outbox.RemoveAll(message => message.Id == id) > 0);
        }
    }
}
