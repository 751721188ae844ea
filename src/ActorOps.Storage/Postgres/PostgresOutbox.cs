using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Postgres;

internal sealed class PostgresOutbox(PostgresConnections connections) : IOutbox
{
    public async ValueTask<IReadOnlyList<OutboxMessage>> ReadPendingAsync(string destination, int limit, CancellationToken cancellation = default) => await connections.RunAsync(Lane.Work, async connection =>
    {
        using var command = connection.Command(
            "select id, payload from outbox where destination = @destination and outcome is null order by position limit @limit",
            ("@destination", destination),
            ("@limit", limit));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var messages = new List<OutboxMessage>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            messages.Add(new OutboxMessage(reader.GetGuid(0), destination, reader.GetString(1)));
        }

        return (IReadOnlyList<OutboxMessage>)messages;
    }).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<OutboxMessage>> ClaimAsync(string destination, int limit, TimeSpan hold, CancellationToken cancellation = default) => await connections.RunAsync(Lane.Work, async connection =>
    {
        using var command = connection.Command(
            PostgresStatements.Text("claim-messages"), ("@destination", destination), ("@limit", limit), ("@hold", hold.TotalMilliseconds));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var messages = new List<(long Position, OutboxMessage Message)>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            messages.Add((reader.GetInt64(0), new OutboxMessage(reader.GetGuid(1), destination, reader.GetString(2))));
        }

        return (IReadOnlyList<OutboxMessage>)[.. messages.OrderBy(item => item.Position).Select(item => item.Message)];
    }).ConfigureAwait(false);

    public async ValueTask<bool> MarkDeliveredAsync(string destination, Guid id, string outcome, CancellationToken cancellation = default) => await connections.RunAsync(
        Lane.Work,
        async connection => await connection.ExecuteAsync(
            "update outbox set outcome = @outcome where id = @id and destination = @destination and outcome is null",
            ("@outcome", outcome),
            ("@id", id),
            ("@destination", destination)).ConfigureAwait(false) == 1)
        .ConfigureAwait(false);

    public async ValueTask<bool> HasAsync(string destination, Guid id, CancellationToken cancellation = default) => await connections.RunAsync(Lane.Work, async connection =>
    {
        using var command = connection.Command("select 1 from outbox where id = @id and destination = @destination", ("@id", id), ("@destination", destination));
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is not null;
    }).ConfigureAwait(false);
}
