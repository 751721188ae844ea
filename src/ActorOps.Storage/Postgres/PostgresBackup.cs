using ActorOps.Cluster.Leases;
using ActorOps.Storage.Backups;
using Npgsql;
using NpgsqlTypes;

namespace ActorOps.Storage.Postgres;

/// <summary>The store into a backup, in one repeatable-read transaction; and a backup, of any engine, into a database without events, in one transaction.</summary>
internal static class PostgresBackup
{
    public static async Task<BackupSummary> CreateAsync(NpgsqlConnection connection, string path)
    {
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead).ConfigureAwait(false);
        await connection.ExecuteAsync("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0").ConfigureAwait(false);
        BackupRecord.Header header;
        using (var command = connection.Command("select store_id, generation, clock_timestamp() from store_meta"))
        {
            await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
            await reader.ReadAsync().ConfigureAwait(false);
            header = new BackupRecord.Header(1, reader.GetGuid(0), reader.GetInt64(1), "postgres", reader.GetFieldValue<DateTimeOffset>(2));
        }

        using var writer = new BackupWriter(path, header);
        await AddAsync(connection, writer, PostgresStatements.Text("backup-events"), static reader => new BackupRecord.Event(
            reader.GetString(0),
            reader.GetInt64(1),
            reader.GetInt64(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.GetString(4),
            reader.GetGuid(5),
            reader.GetInt32(6),
            reader.GetString(7),
            reader.GetFieldValue<byte[]>(8),
            reader.IsDBNull(9) ? null : reader.GetString(9),
            reader.GetBoolean(10),
            (reader.GetFieldValue<DateTimeOffset>(11) - DateTimeOffset.UnixEpoch).Ticks)).ConfigureAwait(false);
        await AddAsync(connection, writer, "select key, seq, payload from snapshot order by key, seq", static reader => new BackupRecord.Snapshot(reader.GetString(0), reader.GetInt64(1), reader.GetString(2))).ConfigureAwait(false);
        await AddAsync(connection, writer, "select id, destination, payload, outcome from outbox order by position", static reader => new BackupRecord.Message(
            reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))).ConfigureAwait(false);
        await AddAsync(connection, writer, "select name, epoch from grant_ order by name", static reader => new BackupRecord.Grant(reader.GetString(0), reader.GetInt64(1))).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return writer.Finish();
    }

    /// <summary>The generation goes above the backup's, and above the one that the database had: every token from before is void.</summary>
    public static async Task<BackupSummary> RestoreAsync(NpgsqlConnection connection, string path)
    {
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await connection.ExecuteAsync("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0").ConfigureAwait(false);
        await connection.ExecuteAsync("lock table journal, snapshot, outbox, grant_, store_meta in access exclusive mode").ConfigureAwait(false);
        if (await connection.ScalarAsync<bool>("select exists (select 1 from journal) or exists (select 1 from node)").ConfigureAwait(false))
        {
            throw new StoreRefusedException("The database has events or members already. It was left as it is; restore into a new one.");
        }

        BackupSummary? summary = null;
        var events = new List<BackupRecord.Event>();
        foreach (var record in BackupReader.Read(path, found => summary = found))
        {
            if (record is BackupRecord.Event e)
            {
                events.Add(e);
            }

            if (events.Count > 0 && (events.Count == 10_000 || record is not BackupRecord.Event))
            {
                await CopyAsync(connection, events).ConfigureAwait(false);
                events.Clear();
            }

            if (record is not BackupRecord.Event)
            {
                await InsertAsync(connection, record).ConfigureAwait(false);
            }
        }

        await CopyAsync(connection, events).ConfigureAwait(false);
        await connection.ExecuteAsync(PostgresStatements.Text("rebuild-streams")).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return summary!;
    }

    private static async Task AddAsync(NpgsqlConnection connection, BackupWriter writer, string sql, Func<NpgsqlDataReader, BackupRecord> read)
    {
        using var command = connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            writer.Add(read(reader));
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IReadOnlyList<BackupRecord.Event> events)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy journal(stream, seq, epoch, grant_name, kind, cmd_id, ordinal, payload, hash, trace_id, drill, at) from stdin (format binary)").ConfigureAwait(false);
        foreach (var e in events)
        {
            await copy.StartRowAsync().ConfigureAwait(false);
            await copy.WriteAsync(e.Stream, NpgsqlDbType.Text).ConfigureAwait(false);
            await copy.WriteAsync(e.Sequence, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await copy.WriteAsync(e.Epoch, NpgsqlDbType.Bigint).ConfigureAwait(false);
            await WriteAsync(copy, e.GrantName).ConfigureAwait(false);
            await copy.WriteAsync(e.Kind, NpgsqlDbType.Text).ConfigureAwait(false);
            await copy.WriteAsync(e.CommandId, NpgsqlDbType.Uuid).ConfigureAwait(false);
            await copy.WriteAsync(e.Ordinal, NpgsqlDbType.Integer).ConfigureAwait(false);
            await copy.WriteAsync(e.Payload, NpgsqlDbType.Text).ConfigureAwait(false);
            await copy.WriteAsync(e.Hash, NpgsqlDbType.Bytea).ConfigureAwait(false);
            await WriteAsync(copy, e.TraceId).ConfigureAwait(false);
            await copy.WriteAsync(e.Drill, NpgsqlDbType.Boolean).ConfigureAwait(false);
            await copy.WriteAsync(DateTimeOffset.UnixEpoch.AddTicks(e.AtTicks), NpgsqlDbType.TimestampTz).ConfigureAwait(false);
        }

        await copy.CompleteAsync().ConfigureAwait(false);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter copy, string? text) => text is null ? copy.WriteNullAsync() : copy.WriteAsync(text, NpgsqlDbType.Text);

    private static Task<int> InsertAsync(NpgsqlConnection connection, BackupRecord record) => record switch
    {
        BackupRecord.Header header => connection.ExecuteAsync(
            "update store_meta set store_id = @id, generation = greatest(generation, @generation) + 1", ("@id", header.StoreId), ("@generation", header.Generation)),
        BackupRecord.Snapshot s => connection.ExecuteAsync("insert into snapshot(key, seq, payload) values (@key, @seq, @payload)", ("@key", s.Key), ("@seq", s.Sequence), ("@payload", s.Payload)),
        BackupRecord.Message m => connection.ExecuteAsync(
            "insert into outbox(id, destination, payload, outcome) values (@id, @destination, @payload, nullif(@outcome, ''))",
            ("@id", m.Id),
            ("@destination", m.Destination),
            ("@payload", m.Payload),
            ("@outcome", m.Outcome ?? string.Empty)),
        BackupRecord.Grant g => connection.ExecuteAsync("insert into grant_(name, epoch, phase) values (@name, @epoch, 'free')", ("@name", g.Name), ("@epoch", Epochs.EpochOf(g.Epoch))),
        _ => throw new InvalidOperationException("A backup has no such record."),
    };
}
