using Microsoft.Extensions.Logging;
using Npgsql;

namespace ActorOps.Storage.Postgres;

/// <summary>
/// The store's generation. PostgreSQL counts promotions as timelines; the first node that finds the database on a higher one than was noted raises
/// the generation, by compare and set, and with it ends every epoch that was given before: what a replaced primary acknowledged last may be lost,
/// so nobody continues as if nothing had happened.
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

    /// <summary>
    /// Takes note of what the database has. False when it must be read again: the generation had to be raised, by this node or one that was quicker. Call it outside of a
    /// transaction, or in one that may write. It blocks, as renewals do.
    /// </summary>
    public bool Take(NpgsqlConnection connection, GenerationRow row)
    {
        if (row.Actual > row.Noted)
        {
            var isFirst = connection.Execute("update store_meta set generation = generation + 1, timeline = @timeline where timeline < @timeline", ("@timeline", row.Actual)) == 1;
            StorageLog.Promoted(log, row.Actual, row.Generation + 1);
            if (isFirst)
            {
                Tell(_seen == (row.Noted, true));
            }

            return false;
        }

        _seen = (row.Actual, row.IsSynchronous);
        Interlocked.Exchange(ref _current, row.Generation);
        return true;
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
}
