using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteAppend(SqliteAppender appender, AppendRequest request) : SqliteWrite
{
    private readonly TaskCompletionSource<AppendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AppendResult? _outcome;

    public Task<AppendResult> Result => _result.Task;

    public override void Execute(SqliteConnection connection) => _outcome = appender.Append(connection, request);

    public override void Committed() => _result.TrySetResult(_outcome!);

    public override void Failed(Exception reason) => _result.TrySetException(reason);
}
