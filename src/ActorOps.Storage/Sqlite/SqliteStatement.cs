using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>A unit of work that is a few statements with a result.</summary>
internal sealed class SqliteStatement<T>(Func<SqliteConnection, T> execute) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _outcome = default!;

    public Task<T> Result => _result.Task;

    public override void Execute(SqliteConnection connection) => _outcome = execute(connection);

    public override void Committed() => _result.TrySetResult(_outcome);

    public override void Failed(Exception reason) => _result.TrySetException(reason);
}
