using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Postgres;

internal sealed class PostgresSnapshotStore(PostgresConnections connections) : ISnapshotStore
{
    public ValueTask SaveAsync(Snapshot snapshot, int keep = 1, CancellationToken cancellation = default) => SaveAsync([snapshot], keep);

    public ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancellation = default) => SaveAsync(snapshots, 1);

    public async ValueTask<Snapshot?> LoadAsync(string key, long atMost = long.MaxValue, CancellationToken cancellation = default) => await connections.RunAsync(Lane.Work, async connection =>
    {
        using var command = connection.Command(
            "select seq, payload from snapshot where key = @key and seq <= @most order by seq desc limit 1", ("@key", key), ("@most", atMost));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false) ? new Snapshot(key, reader.GetInt64(0), reader.GetString(1)) : null;
    }).ConfigureAwait(false);

    private async ValueTask SaveAsync(IReadOnlyList<Snapshot> snapshots, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        await connections.RunAsync(Lane.Work, async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
            await connection.ExecuteAsync(
                PostgresStatements.Text("save-snapshot"),
                ("@keys", snapshots.Select(snapshot => snapshot.Key).ToArray()),
                ("@seqs", snapshots.Select(snapshot => snapshot.SequenceNumber).ToArray()),
                ("@payloads", snapshots.Select(snapshot => snapshot.Payload).ToArray()),
                ("@keep", keep)).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }
}
