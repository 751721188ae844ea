using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteSnapshotStore(SqliteWriter writer, SqliteReaders readers) : ISnapshotStore
{
    public ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancellation = default) => SaveAsync([snapshot], cancellation);

    public async ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default)
    {
        var write = new SqliteStatement<int>(connection =>
        {
            using var command = connection.Command(SqliteStatements.Text("save-snapshot"), ("@key", string.Empty), ("@seq", 0L), ("@payload", string.Empty));
            foreach (var snapshot in snapshots)
            {
                command.Parameters[0].Value = snapshot.Key;
                command.Parameters[1].Value = snapshot.SequenceNumber;
                command.Parameters[2].Value = snapshot.Payload;
                command.ExecuteNonQuery();
            }

            return snapshots.Count;
        });
        await writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        await write.Result.ConfigureAwait(false);
    }

    public ValueTask<Snapshot?> LoadAsync(string key, CancellationToken cancellation = default) => readers.ReadAsync(
        connection =>
        {
            using var command = connection.Command("select seq, payload from snapshot where key = @key", ("@key", key));
            using var reader = command.ExecuteReader();
            return reader.Read() ? new Snapshot(key, reader.GetInt64(0), reader.GetString(1)) : null;
        },
        cancellation);
}
