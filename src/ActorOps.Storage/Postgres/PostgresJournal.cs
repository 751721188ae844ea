using System.Runtime.CompilerServices;
using ActorOps.Cluster.Leases;
using ActorOps.Kernel.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ActorOps.Storage.Postgres;

internal sealed class PostgresJournal(PostgresConnections connections, PostgresGeneration generation) : IJournal
{
    private readonly StreamHeads _heads = new();

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
    {
        if (request.Entries.Count == 0)
        {
            throw new ArgumentException("An append has one event or more.", nameof(request));
        }

        // Not cancelled once it is on its way: an append that was given up on may be stored all the same.
        cancellation.ThrowIfCancellationRequested();
        return await connections.RunAsync(Lane.Work, connection => AppendAsync(connection, request)).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 2000;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = await ReadAsync("read-stream", ("@stream", stream), ("@from", fromSequenceNumber), ("@limit", page)).ConfigureAwait(false);
            foreach (var (record, hash) in rows)
            {
                _heads.Remember(stream, record.SequenceNumber, hash);
                yield return record;
            }

            if (rows.Count < page)
            {
                yield break;
            }

            fromSequenceNumber = rows[^1].Record.SequenceNumber + 1;
        }
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default)
    {
        var (xid, position) = PostgresRows.Place(afterCursor, generation.Current);
        var rows = await ReadAsync("read-feed", ("@xid", xid), ("@gpos", position), ("@limit", limit)).ConfigureAwait(false);
        return [.. rows.Select(row => row.Record)];
    }

    public async ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => await connections.RunAsync(Lane.Work, async connection =>
    {
        using var command = connection.Command(PostgresStatements.Text("read-feed-end"));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false) ? PostgresRows.Cursor(reader.GetInt64(2), reader.GetString(0), reader.GetInt64(1)) : null;
    }).ConfigureAwait(false);

    public async ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default)
    {
        var rows = await ReadAsync("read-stream", ("@stream", stream), ("@from", 1L), ("@limit", int.MaxValue)).ConfigureAwait(false);
        return HashChain.FirstBroken(rows);
    }

    private Task<List<(JournalRecord Record, byte[] Hash)>> ReadAsync(string statement, params (string Name, object? Value)[] parameters) =>
        connections.RunAsync(Lane.Work, connection => PostgresRows.ReadAsync(connection, PostgresStatements.Text(statement), parameters));

    private async Task<AppendResult> AppendAsync(NpgsqlConnection connection, AppendRequest request)
    {
        // Twice at most: the second time with the head as the store has it.
        for (var attempt = 0; ; attempt++)
        {
            if (_heads.HashAt(request.Stream, request.ExpectedSequenceNumber) is { } previous && await TryAppendAsync(connection, request, previous).ConfigureAwait(false))
            {
                return new AppendResult.Appended(request.ExpectedSequenceNumber + request.Entries.Count);
            }

            if (await OutcomeAsync(connection, request).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }

            if (attempt > 0)
            {
                throw new JournalUnavailableException($"Stream {request.Stream} changed hands while it was written to; the outcome is unknown.");
            }
        }
    }

    private async Task<bool> TryAppendAsync(NpgsqlConnection connection, AppendRequest request, byte[] previous)
    {
        var rowEpoch = request.Token?.Epoch ?? Epochs.Combine(generation.Current, 0);
        var at = connections.Now;
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime();
        var hashes = new byte[request.Entries.Count][];
        var last = previous;
        for (var i = 0; i < hashes.Length; i++)
        {
            var entry = request.Entries[i];
            hashes[i] = last = HashChain.Next(last, new JournalRecord(
                string.Empty, request.Stream, request.ExpectedSequenceNumber + i + 1, rowEpoch, entry.Kind, entry.Payload, request.CommandId, i, request.TraceId, request.Drill, at));
        }

        using var command = connection.Command(
            PostgresStatements.Text("append"),
            ("@epoch", Epochs.EpochOf(rowEpoch)),
            ("@generation", Epochs.GenerationOf(rowEpoch)),
            ("@row_epoch", rowEpoch),
            ("@stream", request.Stream),
            ("@expected", request.ExpectedSequenceNumber),
            ("@previous", previous),
            ("@last", last),
            ("@kinds", request.Entries.Select(entry => entry.Kind).ToArray()),
            ("@payloads", request.Entries.Select(entry => entry.Payload).ToArray()),
            ("@hashes", hashes),
            ("@command", request.CommandId),
            ("@drill", request.Drill),
            ("@at", at),
            ("@message_ids", request.Outbox.Select(message => message.Id).ToArray()),
            ("@destinations", request.Outbox.Select(message => message.Destination).ToArray()),
            ("@messages", request.Outbox.Select(message => message.Payload).ToArray()));
        command.Parameters.Add(new NpgsqlParameter("@grant", NpgsqlDbType.Text) { Value = (object?)request.Token?.Grant ?? DBNull.Value });
        command.Parameters.Add(new NpgsqlParameter("@trace", NpgsqlDbType.Text) { Value = (object?)request.TraceId ?? DBNull.Value });
        try
        {
            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
            if (await reader.IsDBNullAsync(0).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (PostgresException duplicate) when (duplicate.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The command id, or a message id, is stored already: what follows finds out which.
            return false;
        }

        _heads.Remember(request.Stream, request.ExpectedSequenceNumber + hashes.Length, last);
        return true;
    }

    /// <summary>Why nothing was stored; null when the head was only not known well enough, and is now.</summary>
    private async Task<AppendResult?> OutcomeAsync(NpgsqlConnection connection, AppendRequest request)
    {
        using var command = connection.Command(
            PostgresStatements.Text("append-outcome"), ("@command", request.CommandId), ("@stream", request.Stream), ("@grant", request.Token?.Grant ?? string.Empty));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        if (!await reader.IsDBNullAsync(0).ConfigureAwait(false))
        {
            return new AppendResult.Appended(reader.GetInt64(0));
        }

        if (request.Token is { } token)
        {
            var current = await reader.IsDBNullAsync(3).ConfigureAwait(false) ? Epochs.Combine(reader.GetInt64(5), 0) : Epochs.Combine(reader.GetInt64(5), reader.GetInt64(3));
            var live = !await reader.IsDBNullAsync(4).ConfigureAwait(false) && reader.GetBoolean(4);
            if (current != token.Epoch || !live)
            {
                return new AppendResult.Fenced(current);
            }
        }

        var head = await reader.IsDBNullAsync(1).ConfigureAwait(false) ? 0 : reader.GetInt64(1);
        if (head != request.ExpectedSequenceNumber)
        {
            _heads.Forget(request.Stream);
            return new AppendResult.Conflict(head);
        }

        if (head > 0)
        {
            _heads.Remember(request.Stream, head, reader.GetFieldValue<byte[]>(2));
        }

        return null;
    }
}
