using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteLeaseStore(SqliteWriter writer, SqliteReaders readers, SqliteAppender appender, long generation) : ILeaseStore
{
    public static IReadOnlyList<Grant> Read(SqliteConnection connection, long generation)
    {
        using var command = connection.Command(SqliteStatements.Text("read-grants"));
        using var reader = command.ExecuteReader();
        var grants = new List<Grant>();
        while (reader.Read())
        {
            grants.Add(new Grant(
                reader.GetString(0),
                Epochs.Combine(generation, reader.GetInt64(1)),
                Enum.Parse<GrantPhase>(reader.GetString(2), ignoreCase: true),
                reader.IsDBNull(3) ? null : new NodeKey(reader.GetString(3), reader.GetInt64(4)),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return grants;
    }

    public async ValueTask<AcquireResult> AcquireAsync(string name, NodeKey node, CancellationToken cancellation = default)
    {
        try
        {
            return await WriteAsync(connection => Acquire(connection, name, node), cancellation).ConfigureAwait(false);
        }
        catch (JournalUnavailableException reason)
        {
            return new AcquireResult.Unknown(reason);
        }
    }

    public ValueTask<bool> DrainAsync(FencingToken token, string desiredNode, CancellationToken cancellation = default) =>
        ChangeAsync("drain-grant", token, cancellation, ("@desired", desiredNode));

    public ValueTask<bool> ReleaseAsync(FencingToken token, CancellationToken cancellation = default) => ChangeAsync("release-grant", token, cancellation);

    public ValueTask<IReadOnlyList<Grant>> ReadAsync(CancellationToken cancellation = default) => readers.ReadAsync(connection => Read(connection, generation), cancellation);

    private ValueTask<bool> ChangeAsync(string statement, FencingToken token, CancellationToken cancellation, params (string Name, object? Value)[] more) => WriteAsync(
        connection =>
        {
            if (Epochs.GenerationOf(token.Epoch) != generation)
            {
                return false;
            }

            using var command = connection.Command(SqliteStatements.Text(statement), [("@name", token.Grant), ("@epoch", Epochs.EpochOf(token.Epoch)), .. more]);
            return command.ExecuteNonQuery() == 1;
        },
        cancellation);

    private AcquireResult Acquire(SqliteConnection connection, string name, NodeKey node)
    {
        connection.Execute("insert into grant_(name, epoch, phase) values (@name, 0, 'free') on conflict do nothing", ("@name", name));
        var grant = Read(connection, generation).Single(candidate => candidate.Name == name);
        if (grant.Holder == node && grant.Phase == GrantPhase.Active)
        {
            return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch));
        }

        var isUp = connection.Scalar<long>("select count(*) from node where node_id = @node and incarnation = @incarnation and state = 'up'", ("@node", node.Node), ("@incarnation", node.Incarnation)) == 1;
        if (!isUp || grant.Phase != GrantPhase.Free)
        {
            return new AcquireResult.HeldBy(grant);
        }

        connection.Execute(SqliteStatements.Text("take-grant"), ("@name", name), ("@node", node.Node), ("@incarnation", node.Incarnation));
        return new AcquireResult.Acquired(new FencingToken(name, grant.Epoch + 1));
    }

    private async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation)
    {
        var write = new SqliteStatement<T>(connection =>
        {
            appender.ForgetGrants();
            return work(connection);
        });
        await writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        return await write.Result.ConfigureAwait(false);
    }
}
