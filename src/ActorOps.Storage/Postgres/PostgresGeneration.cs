using Microsoft.Extensions.Logging;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// The store's generation. PostgreSQL counts promotions as timelines; the first node that finds the database on a higher one than was noted raises
/// the generation, by compare and set, and with it ends every epoch that was given before: what a replaced primary acknowledged last may be lost,
/// so nobody goes on as if nothing had happened.
/// </summary>
internal sealed class PostgresGeneration(long current, ILogger log)
{
    private long _current = current;
    private (long Timeline, bool IsSynchronous) _seen;
    private bool? _promotion;
    private Action<bool>? _promoted;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>
    /// Called once a promotion that this node was the first to see, with whether the timeline before was known, by this node's last look at it, to
    /// acknowledge nothing that a standby did not have.
    /// </summary>
    public Action<bool>? Promoted
    {
        get => _promoted;
        set
        {
            _promoted = value;
            if (_promotion is { } before && value is not null)
            {
                _promotion = null;
                value(before);
            }
        }
    }

    /// <summary>The generation as the database has it, raised if it must be. Call it outside of a transaction, or in one that may write. It blocks, as renewals do.</summary>
    public long Read(NpgsqlConnection connection)
    {
        var (generation, noted, actual, isSynchronous) = ReadRow(connection);
        if (actual > noted)
        {
            var isFirst = connection.Execute("update store_meta set generation = generation + 1, timeline = @timeline where timeline < @timeline", ("@timeline", actual));
            (generation, _, _, _) = ReadRow(connection);
            StorageLog.Promoted(log, actual, generation);
            if (isFirst == 1)
            {
                Tell(_seen == (noted, true));
            }
        }

        _seen = (actual, isSynchronous);
        Interlocked.Exchange(ref _current, generation);
        return generation;
    }

    private void Tell(bool wasSynchronous)
    {
        if (_promoted is { } told)
        {
            told(wasSynchronous);
        }
        else
        {
            _promotion = wasSynchronous;
        }
    }

    private static (long Generation, long Noted, long Actual, bool IsSynchronous) ReadRow(NpgsqlConnection connection)
    {
        using var command = connection.Command(PostgresStatements.Text("read-generation"));
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3));
    }
}
