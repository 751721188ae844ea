using System.Globalization;
using ActorOps.Cluster.Leases;
using ActorOps.Storage.Backups;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>The store into a backup, in one read transaction beside the writer; and a backup into a new store, in one transaction.</summary>
internal static class SqliteBackup
{
    public static BackupSummary Create(SqliteReaders readers, string path, Guid storeId, long generation, DateTimeOffset now)
    {
        using var connection = readers.Open();
        connection.Execute("begin");
        using var writer = new BackupWriter(path, new BackupRecord.Header(1, storeId, generation, "sqlite", now));
        Add(connection, writer, SqliteStatements.Text("backup-events"), static reader => new BackupRecord.Event(
            reader.GetString(0),
            reader.GetInt64(1),
            reader.GetInt64(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.GetString(4),
            new Guid((byte[])reader.GetValue(5), bigEndian: true),
            reader.GetInt32(6),
            reader.GetString(7),
            (byte[])reader.GetValue(8),
            reader.IsDBNull(9) ? null : reader.GetString(9),
            reader.GetInt64(10) != 0,
            reader.GetInt64(11)));
        Add(connection, writer, "select key, seq, payload from snapshot order by key, seq", static reader => new BackupRecord.Snapshot(reader.GetString(0), reader.GetInt64(1), reader.GetString(2)));
        Add(connection, writer, "select id, destination, payload, outcome from outbox order by position", static reader => new BackupRecord.Message(
            new Guid((byte[])reader.GetValue(0), bigEndian: true), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        Add(connection, writer, "select name, epoch from grant_ order by name", static reader => new BackupRecord.Grant(reader.GetString(0), reader.GetInt64(1)));
        connection.Execute("commit");
        return writer.Finish();
    }

    /// <summary>Fills a database that has no events yet. The next open raises the generation above the backup's.</summary>
    public static BackupSummary Restore(SqliteConnection connection, string path)
    {
        BackupSummary? summary = null;
        using var transaction = connection.BeginTransaction();
        foreach (var record in BackupReader.Read(path, found => summary = found))
        {
            Insert(connection, transaction, record);
        }

        transaction.Commit();
        return summary!;
    }

    private static void Add(SqliteConnection connection, BackupWriter writer, string sql, Func<SqliteDataReader, BackupRecord> read)
    {
        using var command = connection.Command(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            writer.Add(read(reader));
        }
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, BackupRecord record)
    {
        using var command = record switch
        {
            BackupRecord.Header header => connection.Command(
                "insert into store_meta(key, value) values ('generation', @generation), ('store-id', @id)",
                ("@generation", header.Generation.ToString(CultureInfo.InvariantCulture)),
                ("@id", header.StoreId.ToString())),
            BackupRecord.Event e => connection.Command(
                SqliteStatements.Text("append-event"),
                ("@stream", e.Stream),
                ("@seq", e.Sequence),
                ("@epoch", e.Epoch),
                ("@grant", e.GrantName),
                ("@kind", e.Kind),
                ("@command", e.CommandId.ToByteArray(bigEndian: true)),
                ("@ordinal", e.Ordinal),
                ("@payload", e.Payload),
                ("@hash", e.Hash),
                ("@trace", e.TraceId),
                ("@drill", e.Drill ? 1 : 0),
                ("@at", e.AtTicks)),
            BackupRecord.Snapshot s => connection.Command("insert into snapshot(key, seq, payload) values (@key, @seq, @payload)", ("@key", s.Key), ("@seq", s.Sequence), ("@payload", s.Payload)),
            BackupRecord.Message m => connection.Command(
                "insert into outbox(id, destination, payload, outcome) values (@id, @destination, @payload, @outcome)",
                ("@id", m.Id.ToByteArray(bigEndian: true)),
                ("@destination", m.Destination),
                ("@payload", m.Payload),
                ("@outcome", m.Outcome)),
            BackupRecord.Grant g => connection.Command("insert into grant_(name, epoch, phase) values (@name, @epoch, 'free')", ("@name", g.Name), ("@epoch", Epochs.EpochOf(g.Epoch))),
            _ => throw new InvalidOperationException("A backup has no such record."),
        };
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }
}
