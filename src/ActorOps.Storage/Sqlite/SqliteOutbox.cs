using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteOutbox(SqliteWriter writer, SqliteReaders readers, TimeProvider time) : IOutbox
{
    public ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default) => readers.ReadAsync<IReadOnlyList<OutboxMessage>>(
        connection =>
        {
            using var command = connection.Command(
                "select id, payload from outbox where destination = @destination and outcome is null order by position limit @limit",
                ("@destination", destination),
                ("@limit", limit));
            using var reader = command.ExecuteReader();
            var messages = new List<OutboxMessage>();
            while (reader.Read())
            {
                messages.Add(new OutboxMessage(new Guid((byte[])reader.GetValue(0), bigEndian: true), destination, reader.GetString(1)));
            }

            return messages;
        },
        cancellation);

    public async ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(string destination, int limit, TimeSpan hold, CancellationToken cancellation = default)
    {
        var write = new SqliteStatement<IReadOnlyList<OutboxMessage>>(connection =>
        {
            using var command = connection.Command(
                SqliteStatements.Text("claim-messages"), ("@destination", destination), ("@limit", limit), ("@hold", (long)hold.TotalMilliseconds), ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()));
            using var reader = command.ExecuteReader();
            var messages = new List<(long Position, OutboxMessage Message)>();
            while (reader.Read())
            {
                messages.Add((reader.GetInt64(0), new OutboxMessage(new Guid((byte[])reader.GetValue(1), bigEndian: true), destination, reader.GetString(2))));
            }

            return [.. messages.OrderBy(item => item.Position).Select(item => item.Message)];
        });
        await writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        return await write.Result.ConfigureAwait(false);
    }

    public async ValueTask<bool> MarkDeliveredAsync(string destination, Guid id, string outcome, CancellationToken cancellation = default)
    {
        var write = new SqliteStatement<bool>(connection =>
        {
            using var command = connection.Command(
                "update outbox set outcome = @outcome where id = @id and destination = @destination and outcome is null",
                ("@outcome", outcome),
                ("@id", id.ToByteArray(bigEndian: true)),
                ("@destination", destination));
            return command.ExecuteNonQuery() == 1;
        });
        await writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        return await write.Result.ConfigureAwait(false);
    }

    public ValueTask<bool> HasAsync(string destination, Guid id, CancellationToken cancellation = default) => readers.ReadAsync(
        connection =>
        {
            using var command = connection.Command("select 1 from outbox where id = @id and destination = @destination", ("@id", id.ToByteArray(bigEndian: true)), ("@destination", destination));
            return command.ExecuteScalar() is not null;
        },
        cancellation);
}
