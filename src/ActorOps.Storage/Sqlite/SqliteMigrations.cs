using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>Brings a store to this version's schema, one numbered script at a time, each in a transaction. Never goes back.</summary>
internal static class SqliteMigrations
{
    public static int Latest => Scripts.Migrations("sqlite").Max(script => script.Version);

    public static void Apply(SqliteConnection connection, string path)
    {
        connection.Execute("create table if not exists schema_version(version integer primary key)");
        var current = (int)connection.Scalar<long>("select coalesce(max(version), 0) from schema_version");
        if (current > Latest)
        {
            throw new StoreRefusedException($"{path} has schema {current}, this version knows {Latest}: it was written by a newer version; run that one. Nothing was changed.");
        }

        foreach (var (version, text) in Scripts.Migrations("sqlite").Where(script => script.Version > current))
        {
            using var transaction = connection.BeginTransaction();
            using var command = connection.Command(text);
            command.Transaction = transaction;
            command.ExecuteNonQuery();
            using var record = connection.Command("insert into schema_version(version) values (@version)", ("@version", version));
            record.Transaction = transaction;
            record.ExecuteNonQuery();
            transaction.Commit();
        }
    }
}
