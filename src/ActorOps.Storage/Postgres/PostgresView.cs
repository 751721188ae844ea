using ActorOps.Cluster.Membership;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// The cluster as the database has it: generation, members and grants, in one round trip. Every node asks for it with every renewal, so what it costs is what a fleet
/// costs. It blocks, as renewals do.
/// </summary>
internal sealed class PostgresView(Guid storeId, PostgresGeneration generation)
{
    public ClusterView Read(NpgsqlConnection connection) => Read(connection, null).View;

    /// <summary>After a statement, in the same round trip and the same transaction; with the number of rows that it changed.</summary>
    public (ulong Changed, ClusterView View) ReadAfter(NpgsqlConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        var before = new NpgsqlBatchCommand(sql);
        foreach (var (name, value) in parameters)
        {
            before.Parameters.AddWithValue(name, value);
        }

        return Read(connection, before);
    }

    private (ulong Changed, ClusterView View) Read(NpgsqlConnection connection, NpgsqlBatchCommand? before)
    {
        using var batch = connection.CreateBatch();
        if (before is not null)
        {
            batch.BatchCommands.Add(before);
        }

        foreach (var statement in (ReadOnlySpan<string>)["read-generation", "read-members", "read-grants"])
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Text(statement)));
        }

        ClusterView view;
        GenerationRow row;
        using (var reader = batch.ExecuteReader())
        {
            reader.Read();
            row = GenerationRow.Of(reader);
            reader.NextResult();
            var members = new List<Member>();
            while (reader.Read())
            {
                members.Add(ReadMember(reader));
            }

            reader.NextResult();
            view = new ClusterView(storeId, row.Generation, members, PostgresLeaseStore.Read(reader));
        }

        var changed = before?.Rows ?? 0;
        return generation.Take(connection, row) ? (changed, view) : (changed, Read(connection));
    }

    private static Member ReadMember(NpgsqlDataReader reader) => new(
        new NodeKey(reader.GetString(0), reader.GetInt64(1)),
        Enum.Parse<MemberState>(reader.GetString(2), ignoreCase: true),
        new NodeDescription(reader.GetString(5), reader.GetFieldValue<string[]>(6), reader.GetString(7), reader.GetString(8), reader.GetInt32(9), reader.GetInt32(10), reader.GetDouble(11)) { Url = reader.GetString(14) },
        reader.GetInt64(3),
        TimeSpan.FromMilliseconds(reader.GetInt64(4)),
        TimeSpan.FromMilliseconds((double)reader.GetDecimal(12)),
        reader.GetBoolean(13));
}
