using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

/// <summary>One unit of work for the writer. <see cref="Execute"/> runs inside the group's transaction and must refuse before it writes.</summary>
internal abstract class SqliteWrite
{
    public abstract void Execute(SqliteConnection connection);

    /// <summary>The group is durable.</summary>
    public abstract void Committed();

    /// <summary>Nothing of this unit is stored.</summary>
    public abstract void Failed(Exception reason);
}
