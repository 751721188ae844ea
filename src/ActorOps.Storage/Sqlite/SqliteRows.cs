using System.Globalization;
using ActorOps.Kernel.Persistence;
using Microsoft.Data.Sqlite;

namespace ActorOps.Storage.Sqlite;

internal static class SqliteRows
{
    public static List<(JournalRecord Record, byte[] Hash)> Read(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<(JournalRecord, byte[])>();
        while (reader.Read())
        {
            var record = new JournalRecord(
                reader.GetInt64(0).ToString(CultureInfo.InvariantCulture),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetString(5),
                new Guid((byte[])reader.GetValue(6), bigEndian: true),
                reader.GetInt32(7),
                reader.IsDBNull(8) ? null : reader.GetString(8),
                reader.GetInt64(9) != 0,
                DateTimeOffset.UnixEpoch.AddTicks(reader.GetInt64(10)));
            rows.Add((record, (byte[])reader.GetValue(11)));
        }

        return rows;
    }

    public static long Position(string? cursor) =>
        cursor is null ? 0
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
        : throw new FormatException($"'{cursor}' is not a cursor of this store.");
}
