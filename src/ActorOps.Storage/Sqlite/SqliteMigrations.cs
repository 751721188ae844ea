using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>Brings a store to this version's schema, one numbered script at a time, each in a transaction. Never goes back.</summary>
internal static class SqliteMigrations
{
    private const string Prefix = "migration-";

    public static int Latest => Scripts().Max(script => script.Version);

    public static void Apply(SqliteConnection connection, string path)
    {
        connection.Execute("create table if not exists schema_version(version integer primary key)");
        var current = (int)connection.Scalar<long>("select coalesce(max(version), 0) from schema_version");
        if (current > Latest)
        {
            throw new StoreRefusedException($"{path} has schema {current}, this version knows {Latest}: it was written by a newer version; run that one. Nothing was changed.");
        }

        foreach (var (version, name) in Scripts().Where(script => script.Version > current).OrderBy(script => script.Version))
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.Command(SqliteStatements.Text(name));
            command.Transaction = transaction;
            command.ExecuteNonQuery();
            using var record = connection.Command("insert into schema_version(version) values (@version)", ("@version", version));
            record.Transaction = transaction;
            record.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static IEnumerable<(int Version, string Name)> Scripts() =>
        from resource in typeof(SqliteMigrations).Assembly.GetManifestResourceNames()
        where resource.StartsWith(Prefix, StringComparison.Ordinal)
        let name = resource[..^".sql".Length]
        select (int.Parse(name[Prefix.Length..], CultureInfo.InvariantCulture), name);
}
