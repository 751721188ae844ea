using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>The row of read-generation.</summary>
/// <param name="Generation">The store's generation.</param>
/// <param name="Noted">Timeline that it was noted for.</param>
/// <param name="Actual">Timeline that the server writes now.</param>
/// <param name="IsSynchronous">True when nothing is acknowledged that a standby does not have.</param>
internal readonly record struct GenerationRow(long Generation, long Noted, long Actual, bool IsSynchronous)
{
    public static GenerationRow Of(NpgsqlDataReader reader) => new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3));
}
