using System.Globalization;
using ActorOps.Kernel.Persistence;
using Npgsql;

namespace ActorOps.Storage.Postgres;

internal static class PostgresRows
{
    /// <summary>Rows of read-stream and read-feed, with their hashes.</summary>
    public static async Task<List<(JournalRecord Record, byte[] Hash)>> ReadAsync(NpgsqlConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var rows = new List<(JournalRecord, byte[])>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var record = new JournalRecord(
                Cursor(reader.GetInt64(13), reader.GetString(0), reader.GetInt64(1)),
                reader.GetString(2),
                reader.GetInt64(3),
                reader.GetInt64(4),
                reader.GetString(5),
                reader.GetString(6),
                reader.GetGuid(7),
                reader.GetInt32(8),
                await reader.IsDBNullAsync(9).ConfigureAwait(false) ? null : reader.GetString(9),
                reader.GetBoolean(10),
                reader.GetFieldValue<DateTimeOffset>(11));
            rows.Add((record, reader.GetFieldValue<byte[]>(12)));
        }

        return rows;
    }

    public static string Cursor(long generation, string xid, long position) => string.Create(CultureInfo.InvariantCulture, $"{generation}.{xid}.{position}");

    /// <summary>Transaction and position of a cursor; the beginning for null. Transaction numbers of an earlier generation mean nothing any more: then only the position counts.</summary>
    public static (string Xid, long Position) Place(string? cursor, long generation)
    {
        if (cursor is null)
        {
            return ("0", 0);
        }

        var parts = cursor.Split('.');
        if (parts.Length != 3 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var of) || !ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw new FormatException($"'{cursor}' is not a cursor of this store.");
        }

        return of == generation ? (parts[1], position) : throw new FormatException($"'{cursor}' is of generation {of} of the store, which is now at {generation}: read from the beginning.");
    }
}
