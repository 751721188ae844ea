using ActorOps.Hocon.Binding;
using ActorOps.Storage.Postgres;

namespace ActorOps.Server.Configuration;

/// <summary>Puts the connection string together: from the configuration or a file, and the password from a file of its own.</summary>
internal static class DatabaseConnection
{
    private const string Prefix = "actorops.cluster.";

    public static Secret Resolve(ClusterOptions cluster, OptionsBinder binder)
    {
        var connection = cluster.Connection.Reveal();
        if (cluster.ConnectionFile.Length > 0)
        {
            if (connection.Length > 0)
            {
                binder.Add(Prefix + "connection-file", "connection is set too; keep one of them");
            }

            connection = SecretFile.Read(Prefix + "connection-file", cluster.ConnectionFile, binder);
        }

        if (cluster.PasswordFile.Length == 0)
        {
            return new Secret(connection);
        }

        if (PostgresOptions.HasPassword(connection))
        {
            binder.Add(Prefix + "password-file", "the connection string has a password too; keep one of them");
        }

        return new Secret(PostgresOptions.WithPassword(connection, SecretFile.Read(Prefix + "password-file", cluster.PasswordFile, binder)));
    }
}
