using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>How to reach the database.</summary>
public sealed class PostgresOptions
{
    private const string Hidden = "***";

    /// <summary>Npgsql connection string; <c>Host</c> may name several, separated by commas, each with its own <c>:port</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>What is wrong with a connection string; null when nothing is. Repeats nothing of it: a piece of a password that was not quoted looks like a key.</summary>
    public static string? Problem(string connectionString) =>
        Read(connectionString) is not { } builder ? "it cannot be read as Key=Value;Key=Value (a value that has ; or = in it stands in quotes)"
        : builder.Host is { Length: > 0 } ? null
        : "it names no Host";

    /// <summary>Whether a connection string carries its password.</summary>
    public static bool HasPassword(string connectionString) => Read(connectionString) is { Password.Length: > 0 };

    /// <summary>The same with a password; what cannot be read is returned as it is.</summary>
    public static string WithPassword(string connectionString, string password)
    {
        if (Read(connectionString) is not { } builder)
        {
            return connectionString;
        }

        builder.Password = password;
        return builder.ConnectionString;
    }

    /// <summary>What may be shown of a connection string: hosts, port, database and user.</summary>
    public static string Describe(string connectionString)
    {
        if (Read(connectionString) is not { } builder)
        {
            return Hidden;
        }

        var secret = builder.Password is { Length: > 0 } ? $";Password={Hidden}" : string.Empty;
        return $"Host={builder.Host};Port={builder.Port};Database={builder.Database};Username={builder.Username}{secret}";
    }

    /// <summary>Name of the cluster that lives in the database.</summary>
    public required string Cluster { get; init; }

    /// <summary>Longest wait for an answer. A call without one counts as unknown, never as failed.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for an answer to a renewal or to a look for the primary.</summary>
    public TimeSpan RenewWithin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks for the primary while there is none, or as soon as a call to it has failed.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest time between two looks for the primary while calls to it succeed, where there are several hosts: another one may have taken over all the same.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Most connections to a host for appends and reads, 1 or more.</summary>
    public int Connections { get; init; } = 8;

    private static NpgsqlConnectionStringBuilder? Read(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (Exception bad) when (bad is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException or InvalidCastException or OverflowException)
        {
            return null;
        }
    }
}
