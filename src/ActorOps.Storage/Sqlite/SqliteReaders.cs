using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>Read-only connections beside the writer, pooled by the driver.</summary>
internal sealed class SqliteReaders(string path)
{
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly }.ToString();

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    public ValueTask<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellation) => new(Task.Run(
        () =>
        {
            try
            {
                using var connection = Open();
                return read(connection);
            }
            catch (SqliteException error)
            {
                throw new JournalUnavailableException($"The store cannot be read: {error.Message}", error);
            }
        },
        cancellation));
}
