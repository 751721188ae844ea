using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteSnapshotStore(SqliteWriter writer, SqliteReaders readers) : ISnapshotStore
{
    public ValueTask SaveAsync(Snapshot snapshot, int keep = 1, CancellationToken cancellation = default) => SaveAsync([snapshot], keep, cancellation);

    public ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default) => SaveAsync(snapshots, 1, cancellation);

    public ValueTask<Snapshot?> LoadAsync(string key, long atMost = long.MaxValue, CancellationToken cancellation = default) => readers.ReadAsync(
        connection =>
        {
            using var command = connection.Command(
                "select seq, payload from snapshot where key = @key and seq <= @most order by seq desc limit 1", ("@key", key), ("@most", atMost));
            using var reader = command.ExecuteReader();
            return reader.Read() ? new Snapshot(key, reader.GetInt64(0), reader.GetString(1)) : null;
        },
        cancellation);

    private async ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, int keep, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        var write = new SqliteStatement<int>(connection =>
        {
            using var command = connection.Command(
                SqliteStatements.Text("save-snapshot"), ("@key", string.Empty), ("@seq", 0L), ("@payload", string.Empty), ("@keep", keep));
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
}
