using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>How to reach the database.</summary>
public sealed class PostgresOptions
{
    /// <summary>Npgsql connection string; <c>Host</c> may name several, separated by commas, each with its own <c>:port</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>What is wrong with a connection string; null when nothing is.</summary>
    public static string? Problem(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0 } ? null : "it names no Host";
        }
        catch (Exception bad) when (bad is ArgumentException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return bad.Message;
        }
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
}
