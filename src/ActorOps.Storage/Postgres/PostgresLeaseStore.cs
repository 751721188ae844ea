using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using Npgsql;

namespace ActorOps.Storage.Postgres;

internal sealed class PostgresLeaseStore(PostgresConnections connections) : ILeaseStore
{
    /// <summary>Rows of read-grants.</summary>
    public static IReadOnlyList<Grant> Read(NpgsqlDataReader reader)
    {
        var grants = new List<Grant>();
        while (reader.Read())
        {
            grants.Add(ReadGrant(reader, reader.GetString(0), 1));
        }

        return grants;
    }

    public async ValueTask<AcquireResult> AcquireAsync(string name, NodeKey node, CancellationToken cancellation = default)
    {
        try
        {
            return await connections.RunAsync(Lane.Lease, connection => AcquireAsync(connection, name, node)).ConfigureAwait(false);
        }
        catch (JournalUnavailableException reason)
        {
            return new AcquireResult.Unknown(reason);
        }
    }

    public async ValueTask<bool> DrainAsync(FencingToken token, string desiredNode, CancellationToken cancellation = default) => await connections.RunAsync(
        Lane.Lease,
        async connection => await connection.ExecuteAsync(PostgresStatements.Text("drain-grant"), ("@name", token.Grant), ("@epoch", Epochs.EpochOf(token.Epoch)), ("@generation", Epochs.GenerationOf(token.Epoch)), ("@desired", desiredNode)).ConfigureAwait(false) == 1)
        .ConfigureAwait(false);

    public async ValueTask<bool> ReleaseAsync(FencingToken token, CancellationToken cancellation = default) => await connections.RunAsync(
        Lane.Lease,
        async connection => await connection.ExecuteAsync(PostgresStatements.Text("release-grant"), ("@name", token.Grant), ("@epoch", Epochs.EpochOf(token.Epoch)), ("@generation", Epochs.GenerationOf(token.Epoch))).ConfigureAwait(false) == 1)
        .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<Grant>> ReadAsync(CancellationToken cancellation = default) => await connections.RunAsync(Lane.Lease, async connection =>
    {
        using var command = connection.Command(PostgresStatements.Text("read-grants"));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return Read(reader);
    }).ConfigureAwait(false);

    private static async Task<AcquireResult> AcquireAsync(NpgsqlConnection connection, string name, NodeKey node)
    {
        await connection.ExecuteAsync("insert into grant_(name, epoch, phase) values (@name, 0, 'free') on conflict do nothing", ("@name", name)).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);

        // Node before grant, like an eviction: a node that is being declared dead takes nothing any more.
        var isUp = await connection.ScalarAsync<bool>("select state = 'up' from node where node_id = @node and incarnation = @incarnation for share", ("@node", node.Node), ("@incarnation", node.Incarnation)).ConfigureAwait(false);
        var grant = await LockAsync(connection, name).ConfigureAwait(false);
        if (grant.Holder == node && grant.Phase == GrantPhase.Active)
        {
            return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch));
        }

        if (!isUp || grant.Phase != GrantPhase.Free)
        {
            return new AcquireResult.HeldBy(grant);
        }

        await connection.ExecuteAsync(PostgresStatements.Text("take-grant"), ("@name", name), ("@node", node.Node), ("@incarnation", node.Incarnation)).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch + 1));
    }

    private static async Task<Grant> LockAsync(NpgsqlConnection connection, string name)
    {
        using var command = connection.Command(PostgresStatements.Text("lock-grant"), ("@name", name));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        await reader.ReadAsync().ConfigureAwait(false);
        return ReadGrant(reader, name, 0);
    }

    /// <summary>Epoch, phase, holder, desired node and generation, from a column on.</summary>
    private static Grant ReadGrant(NpgsqlDataReader reader, string name, int from) => new(
        name,
        Epochs.Combine(reader.GetInt64(from + 5), reader.GetInt64(from)),
        Enum.Parse<GrantPhase>(reader.GetString(from + 1), ignoreCase: true),
        reader.IsDBNull(from + 2) ? null : new NodeKey(reader.GetString(from + 2), reader.GetInt64(from + 3)),
        reader.IsDBNull(from + 4) ? null : reader.GetString(from + 4));
}
