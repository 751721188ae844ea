using ActorOps.Cluster.Leases;
using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>The fenced append. Runs on the writer's thread only; keeps prepared statements and the heads of streams.</summary>
internal sealed class SqliteAppender(long epoch, TimeProvider time)
{
    private readonly Dictionary<string, long> _grants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Sequence, byte[] Hash)> _heads = new(StringComparer.Ordinal);
    private SqliteCommand? _insert;
    private SqliteCommand? _repeated;

    /// <summary>After a rollback nothing remembered is certain.</summary>
    public void Forget()
    {
        _heads.Clear();
        _grants.Clear();
    }

    /// <summary>A grant is about to change, on the same thread.</summary>
    public void ForgetGrants() => _grants.Clear();

    public AppendResult Append(SqliteConnection connection, AppendRequest request)
    {
        if (Repeated(connection, request.CommandId) is { } stored)
        {
            return new AppendResult.Appended(stored);
        }

        if (request.Token is { } token && EpochOf(connection, token.Grant) is var current && token.Epoch != current)
        {
            return new AppendResult.Fenced(current);
        }

        var (sequence, hash) = Head(connection, request.Stream);
        if (sequence != request.ExpectedSequenceNumber)
        {
            return new AppendResult.Conflict(sequence);
        }

        for (var ordinal = 0; ordinal < request.Entries.Count; ordinal++)
        {
            hash = Insert(connection, request, ordinal, ++sequence, hash);
        }

        _heads[request.Stream] = (sequence, hash);
        foreach (var message in request.Outbox)
        {
            using var command = connection.Command(
                "insert into outbox(id, destination, payload) values (@id, @destination, @payload)",
                ("@id", message.Id.ToByteArray(bigEndian: true)),
                ("@destination", message.Destination),
                ("@payload", message.Payload));
            command.ExecuteNonQuery();
        }

        return new AppendResult.Appended(sequence);
    }

    /// <summary>Epoch that a grant may be written with. One that was never taken belongs to the process, which holds everything by the lock of its directory.</summary>
    private long EpochOf(SqliteConnection connection, string grant)
    {
        if (!_grants.TryGetValue(grant, out var current))
        {
            using var command = connection.Command("select epoch, phase <> 'free' from grant_ where name = @name", ("@name", grant));
            using var reader = command.ExecuteReader();
            var generation = Epochs.GenerationOf(epoch);
            current = !reader.Read() ? epoch : reader.GetInt64(1) != 0 ? Epochs.Combine(generation, reader.GetInt64(0)) : Epochs.Combine(generation, reader.GetInt64(0) + 1);
            _grants[grant] = current;
        }

        return current;
    }

    private long? Repeated(SqliteConnection connection, Guid commandId)
    {
        _repeated ??= Prepared(connection, "select seq from journal where cmd_id = @command order by ordinal desc limit 1", "@command");
        _repeated.Parameters[0].Value = commandId.ToByteArray(bigEndian: true);
        return _repeated.ExecuteScalar() as long?;
    }

    private (long Sequence, byte[] Hash) Head(SqliteConnection connection, string stream)
    {
        if (_heads.TryGetValue(stream, out var known))
        {
            return known;
        }

        using var command = connection.Command("select seq, hash from journal where stream = @stream order by seq desc limit 1", ("@stream", stream));
        using var reader = command.ExecuteReader();
        return _heads[stream] = reader.Read() ? (reader.GetInt64(0), (byte[])reader.GetValue(1)) : (0, HashChain.Seed);
    }

    private byte[] Insert(SqliteConnection connection, AppendRequest request, int ordinal, long sequence, byte[] previous)
    {
        var entry = request.Entries[ordinal];
        var rowEpoch = request.Token?.Epoch ?? epoch;
        var row = new JournalRecord(string.Empty, request.Stream, sequence, rowEpoch, entry.Kind, entry.Payload, request.CommandId, ordinal, request.TraceId, request.Drill, time.GetUtcNow());
        var hash = HashChain.Next(previous, row);
        _insert ??= Prepared(
            connection,
            SqliteStatements.Text("append-event"),
            "@stream", "@seq", "@epoch", "@grant", "@kind", "@command", "@ordinal", "@payload", "@hash", "@trace", "@drill", "@at");
        Run(_insert, row.Stream, row.SequenceNumber, row.Epoch, (object?)request.Token?.Grant ?? DBNull.Value, row.Kind, row.CommandId.ToByteArray(bigEndian: true), row.Ordinal, row.Payload, hash, (object?)row.TraceId ?? DBNull.Value, row.Drill ? 1 : 0, (row.At - DateTimeOffset.UnixEpoch).Ticks);
        return hash;
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string sql, params string[] parameters)
    {
        var command = connection.Command(sql);
        foreach (var name in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }
}
