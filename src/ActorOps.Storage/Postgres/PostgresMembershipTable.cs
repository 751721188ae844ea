using ActorOps.Cluster.Membership;
using Npgsql;

namespace ActorOps.Storage.Postgres;

internal sealed class PostgresMembershipTable(PostgresConnections connections, string cluster, PostgresView view) : IMembershipTable
{
    public async ValueTask<JoinResult> JoinAsync(JoinRequest request, CancellationToken cancellation = default)
    {
        if (request.Cluster != cluster)
        {
            return new JoinResult.Refused("wrong-cluster", $"This store belongs to cluster '{cluster}', the node to '{request.Cluster}'.");
        }

        return await connections.RunAsync(Lane.Lease, connection => JoinAsync(connection, request)).ConfigureAwait(false);
    }

    public RenewResult Renew(NodeKey key) => connections.Run<RenewResult>(connection =>
    {
        var (renewed, now) = view.ReadAfter(connection, PostgresStatements.Text("renew"), ("@node", key.Node), ("@incarnation", key.Incarnation));
        if (renewed == 1)
        {
            return new RenewResult.Renewed(now);
        }

        var current = now.Members.FirstOrDefault(member => member.Key.Node == key.Node);
        return new RenewResult.Fenced(current is null ? $"{key} is unknown to the store." : $"{key} is over: the store has {current.Key} as {current.State.ToString().ToLowerInvariant()}.");
    });

    public async ValueTask<bool> MoveAsync(NodeKey key, MemberState from, MemberState to, CancellationToken cancellation = default) => await connections.RunAsync(
        Lane.Lease,
        async connection => await connection.ExecuteAsync(
            PostgresStatements.Text("move-node"),
            ("@node", key.Node),
            ("@incarnation", key.Incarnation),
            ("@from", Wire(from)),
            ("@to", Wire(to))).ConfigureAwait(false) == 1).ConfigureAwait(false);

    public async ValueTask<EvictResult> EvictAsync(NodeKey key, long observedBeats, bool proven = false, CancellationToken cancellation = default) => await connections.RunAsync(Lane.Lease, async connection =>
    {
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        var row = await LockAsync(connection, key.Node).ConfigureAwait(false);
        if (row is null || row.Forbids(key, observedBeats, proven) is not null)
        {
            return row?.Forbids(key, observedBeats, proven) ?? EvictResult.Gone;
        }

        await EndAsync(connection, key).ConfigureAwait(false);
        await transaction.CommitAsync().ConfigureAwait(false);
        return EvictResult.Evicted;
    }).ConfigureAwait(false);

    public async ValueTask<bool> SetWeightAsync(NodeKey key, double weight, CancellationToken cancellation = default) => await connections.RunAsync(
        Lane.Lease,
        async connection => await connection.ExecuteAsync(PostgresStatements.Text("set-weight"), ("@node", key.Node), ("@incarnation", key.Incarnation), ("@weight", weight)).ConfigureAwait(false) == 1)
        .ConfigureAwait(false);

    public async ValueTask<ClusterView> ReadAsync(CancellationToken cancellation = default) => await connections.RunAsync(Lane.Lease, connection => Task.FromResult(view.Read(connection))).ConfigureAwait(false);

    private static async Task EndAsync(NpgsqlConnection connection, NodeKey key)
    {
        await connection.ExecuteAsync("update node set state = 'down' where node_id = @node", ("@node", key.Node)).ConfigureAwait(false);
        await connection.ExecuteAsync(PostgresStatements.Text("free-grants"), ("@node", key.Node), ("@incarnation", key.Incarnation)).ConfigureAwait(false);
    }

    private static string Wire(MemberState state) => state.ToString().ToLowerInvariant();

    private static async Task<NodeLife?> LockAsync(NpgsqlConnection connection, string node)
    {
        using var command = connection.Command(PostgresStatements.Text("lock-node"), ("@node", node));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        return await reader.ReadAsync().ConfigureAwait(false)
            ? new NodeLife(Enum.Parse<MemberState>(reader.GetString(0), ignoreCase: true), reader.GetInt64(1), reader.GetGuid(2), reader.GetInt64(3), reader.GetBoolean(4))
            : null;
    }

    private async Task<JoinResult> JoinAsync(NpgsqlConnection connection, JoinRequest request)
    {
        await using var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        var row = await LockAsync(connection, request.Node).ConfigureAwait(false);
        var before = view.Read(connection);
        var decision = JoinDecision.Decide(request, row, before.Members);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }

        var key = new NodeKey(request.Node, decision.Incarnation);
        if (decision.IsRepeat)
        {
            return new JoinResult.Joined(key, before);
        }

        if (decision.Ends is { } ended)
        {
            await EndAsync(connection, key with { Incarnation = ended }).ConfigureAwait(false);
        }

        await InsertAsync(connection, key, request).ConfigureAwait(false);
        var joined = view.Read(connection);
        await transaction.CommitAsync().ConfigureAwait(false);
        return new JoinResult.Joined(key, joined);
    }

    private static Task<int> InsertAsync(NpgsqlConnection connection, NodeKey key, JoinRequest request) => connection.ExecuteAsync(
        PostgresStatements.Text("join"),
        ("@node", key.Node),
        ("@incarnation", key.Incarnation),
        ("@session", request.Session),
        ("@ttl", (long)request.Ttl.TotalMilliseconds),
        ("@region", request.Description.Region),
        ("@roles", request.Description.Roles.ToArray()),
        ("@address", request.Description.Address),
        ("@version", request.Description.Version),
        ("@protocol", request.Description.Protocol),
        ("@oldest", request.Description.OldestProtocol),
        ("@weight", request.Description.Weight),
        ("@url", request.Description.Url));
}
