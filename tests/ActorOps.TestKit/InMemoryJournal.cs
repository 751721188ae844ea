using System.Globalization;
using System.Runtime.CompilerServices;
using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit;

/// <summary>A journal for unit tests. <see cref="FaultyJournal"/> adds failures to it.</summary>
public sealed class InMemoryJournal(TimeProvider time, long epoch = 1) : IJournal, IOutbox
{
    private readonly HashSet<(string Destination, Guid Id)> _delivered = [];
    private readonly Lock _lock = new();
    private readonly List<JournalRecord> _records = [];
    private readonly Dictionary<string, List<JournalRecord>> _streams = [];
    private readonly Dictionary<Guid, long> _commands = [];
    private readonly List<OutboxMessage> _outbox = [];
    private readonly Dictionary<Guid, DateTimeOffset> _heldUntil = [];

    public long Epoch { get; set; } = epoch;

    /// <summary>Of the store: raise it as if a standby had been promoted. Cursors given before mean nothing any more.</summary>
    public int Generation { get; set; } = 1;

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
            if (_commands.TryGetValue(request.CommandId, out var repeated))
            {
                return new(new AppendResult.Appended(repeated));
            }

            if (request.Token is { } token && token.Epoch != Epoch)
            {
                return new(new AppendResult.Fenced(Epoch));
            }

            if (!_streams.TryGetValue(request.Stream, out var stream))
            {
                _streams.Add(request.Stream, stream = []);
            }

            if (stream.Count != request.ExpectedSequenceNumber)
            {
                return new(new AppendResult.Conflict(stream.Count));
            }

            Add(request, stream);
            return new(new AppendResult.Appended(stream.Count));
        }
    }

    public async IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        IReadOnlyList<JournalRecord> records;
        lock (_lock)
        {
            records = [.. _streams.GetValueOrDefault(stream, []).Skip((int)fromSequenceNumber - 1)];
        }

        foreach (var record in records)
        {
            yield return record;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default)
    {
        var generation = Generation;
        var parts = (afterCursor ?? $"{generation}.0").Split('.');
        if (parts[0] != generation.ToString(CultureInfo.InvariantCulture))
        {
            throw new FormatException($"'{afterCursor}' is not of generation {generation}");
        }

        return new([.. Records.Skip(int.Parse(parts[1], CultureInfo.InvariantCulture)).Take(limit).Select(record => record with { Cursor = $"{generation}.{record.Cursor}" })]);
    }

    public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => new(Records.Count == 0 ? null : $"{Generation}.{Records[^1].Cursor}");

    public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => new((long?)null);

    public ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new([.. _outbox.Where(message => message.Destination == destination).Take(limit)]);
        }
    }

    public ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(string destination, int limit, TimeSpan hold, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var claimed = _outbox.Where(message => message.Destination == destination && !(_heldUntil.TryGetValue(message.Id, out var until) && until > now)).Take(limit).ToList();
            foreach (var message in claimed)
            {
                _heldUntil[message.Id] = now + hold;
            }

            return new(claimed);
        }
    }

    public ValueTask<bool> MarkDeliveredAsync(string destination, Guid id, string outcome, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new(_outbox.RemoveAll(message => message.Id == id && message.Destination == destination) > 0 && _delivered.Add((destination, id)));
        }
    }

    public ValueTask<bool> HasAsync(string destination, Guid id, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return new(_delivered.Contains((destination, id)) || _outbox.Exists(message => message.Id == id && message.Destination == destination));
        }
    }

    private void Add(AppendRequest request, List<JournalRecord> stream)
    {
        var ordinal = 0;
        foreach (var entry in request.Entries)
        {
            var cursor = (_records.Count + 1).ToString(CultureInfo.InvariantCulture);
            var record = new JournalRecord(cursor, request.Stream, stream.Count + 1, Epoch, entry.Kind, entry.Payload, request.CommandId, ordinal++, request.TraceId, request.Drill, time.GetUtcNow());
            _records.Add(record);
            stream.Add(record);
        }

        _commands[request.CommandId] = stream.Count;
        _outbox.AddRange(request.Outbox);
    }
}
