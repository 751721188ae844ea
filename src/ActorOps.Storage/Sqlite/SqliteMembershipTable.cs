using ActorOps.Cluster.Membership;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteMembershipTable(SqliteWriter writer, SqliteReaders readers, SqliteAppender appender, Guid storeId, long generation, TimeProvider time) : IMembershipTable
{
    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public ValueTask<JoinResult> JoinAsync(JoinRequest request, CancellationToken cancellation = default) => WriteAsync(connection => Join(connection, request), cancellation);

    public RenewResult Renew(NodeKey key) => WriteAsync<RenewResult>(
        connection =>
        {
            using var command = connection.Command(SqliteStatements.Text("renew"), ("@now", NowMs), ("@node", key.Node), ("@incarnation", key.Incarnation));
            var renewed = command.ExecuteNonQuery();
            var view = View(connection);
            var current = view.Members.FirstOrDefault(member => member.Key.Node == key.Node);
            return renewed == 1 ? new RenewResult.Renewed(view)
                : new RenewResult.Fenced(current is null ? $"{key} is unknown to the store." : $"{key} is over: the store has {current.Key} as {Wire(current.State)}.");
        },
        CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public ValueTask<bool> MoveAsync(NodeKey key, MemberState from, MemberState to, CancellationToken cancellation = default) => WriteAsync(
        connection =>
        {
            using var command = connection.Command(SqliteStatements.Text("move-node"), ("@node", key.Node), ("@incarnation", key.Incarnation), ("@from", Wire(from)), ("@to", Wire(to)));
            return command.ExecuteNonQuery() == 1;
        },
        cancellation);

    public ValueTask<EvictResult> EvictAsync(NodeKey key, long observedBeats, bool proven = false, CancellationToken cancellation = default) => WriteAsync(
        connection =>
        {
            var row = Lock(connection, key.Node);
            if (row is null || row.Forbids(key, observedBeats, proven) is not null)
            {
                return row?.Forbids(key, observedBeats, proven) ?? EvictResult.Gone;
            }

            End(connection, key);
            return EvictResult.Evicted;
        },
        cancellation);

    public ValueTask<bool> SetWeightAsync(NodeKey key, double weight, CancellationToken cancellation = default) => WriteAsync(
        connection =>
        {
            using var command = connection.Command(SqliteStatements.Text("set-weight"), ("@node", key.Node), ("@incarnation", key.Incarnation), ("@weight", weight));
            return command.ExecuteNonQuery() == 1;
        },
        cancellation);

    public ValueTask<ClusterView> ReadAsync(CancellationToken cancellation = default) => readers.ReadAsync(View, cancellation);

    private static string Wire(MemberState state) => state.ToString().ToLowerInvariant();

    private void End(SqliteConnection connection, NodeKey key)
    {
        appender.ForgetGrants();
        connection.Execute("update node set state = 'down' where node_id = @node", ("@node", key.Node));
        connection.Execute(SqliteStatements.Text("free-grants"), ("@node", key.Node), ("@incarnation", key.Incarnation));
    }

    private NodeLife? Lock(SqliteConnection connection, string node)
    {
        using var command = connection.Command(SqliteStatements.Text("lock-node"), ("@node", node), ("@now", NowMs));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new NodeLife(Enum.Parse<MemberState>(reader.GetString(0), ignoreCase: true), reader.GetInt64(1), new Guid((byte[])reader.GetValue(2), bigEndian: true), reader.GetInt64(3), reader.GetInt64(4) != 0)
            : null;
    }

    private JoinResult Join(SqliteConnection connection, JoinRequest request)
    {
        var row = Lock(connection, request.Node);
        var decision = JoinDecision.Decide(request, row, View(connection).Members);
        if (decision.Refusal is not null)
        {
            return decision.Refusal;
        }

        var key = new NodeKey(request.Node, decision.Incarnation);
        if (decision.Ends is { } ended)
        {
            End(connection, key with { Incarnation = ended });
        }

        if (!decision.IsRepeat)
        {
            Insert(connection, key, request);
        }

        return new JoinResult.Joined(key, View(connection));
    }

    private void Insert(SqliteConnection connection, NodeKey key, JoinRequest request) => connection.Execute(
        SqliteStatements.Text("join"),
        ("@node", key.Node),
        ("@incarnation", key.Incarnation),
        ("@session", request.Session.ToByteArray(bigEndian: true)),
        ("@ttl", (long)request.Ttl.TotalMilliseconds),
        ("@now", NowMs),
        ("@region", request.Description.Region),
        ("@roles", string.Join(',', request.Description.Roles)),
        ("@address", request.Description.Address),
        ("@version", request.Description.Version),
        ("@protocol", request.Description.Protocol),
        ("@oldest", request.Description.OldestProtocol),
        ("@weight", request.Description.Weight),
        ("@url", request.Description.Url));

    private ClusterView View(SqliteConnection connection)
    {
        using var command = connection.Command(SqliteStatements.Text("read-members"), ("@now", NowMs));
        using var reader = command.ExecuteReader();
        var members = new List<Member>();
        while (reader.Read())
        {
            members.Add(ReadMember(reader));
        }

        return new ClusterView(storeId, generation, members, SqliteLeaseStore.Read(connection, generation));
    }

    private static Member ReadMember(SqliteDataReader reader) => new(
        new NodeKey(reader.GetString(0), reader.GetInt64(1)),
        Enum.Parse<MemberState>(reader.GetString(2), ignoreCase: true),
        new NodeDescription(
            reader.GetString(5), reader.GetString(6).Split(',', StringSplitOptions.RemoveEmptyEntries), reader.GetString(7), reader.GetString(8), reader.GetInt32(9), reader.GetInt32(10), reader.GetDouble(11))
        { Url = reader.GetString(14) },
        reader.GetInt64(3),
        TimeSpan.FromMilliseconds(reader.GetInt64(4)),
        TimeSpan.FromMilliseconds(reader.GetInt64(12)),
        reader.GetInt64(13) != 0);

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        var write = new SqliteStatement<T>(work);
        await writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        return await write.Result.ConfigureAwait(false);
    }
}
