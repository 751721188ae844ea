using System.Globalization;
using System.Runtime.CompilerServices;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage.Sqlite;

internal sealed class SqliteJournal : IJournal
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly SqliteAppender _appender;

    public SqliteJournal(SqliteWriter writer, SqliteReaders readers, SqliteAppender appender)
    {
        (_writer, _readers, _appender) = (writer, readers, appender);
        writer.RolledBack += appender.Forget;
    }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
    {
        if (request.Entries.Count == 0)
        {
            throw new ArgumentException("An append has one event or more.", nameof(request));
        }

        var write = new SqliteAppend(_appender, request);
        await _writer.EnqueueAsync(write, cancellation).ConfigureAwait(false);
        return await write.Result.ConfigureAwait(false);
    }

    public async IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 1000;
        while (true)
        {
            var from = fromSequenceNumber;
            var records = await _readers.ReadAsync(
                connection => SqliteRows.Read(connection, SqliteStatements.Text("read-stream").TrimEnd(';', '\n') + " limit @limit", ("@stream", stream), ("@from", from), ("@limit", page)),
                cancellation).ConfigureAwait(false);
            foreach (var (record, _) in records)
            {
                yield return record;
            }

            if (records.Count < page)
            {
                yield break;
            }

            fromSequenceNumber = records[^1].Record.SequenceNumber + 1;
        }
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default)
    {
        var after = SqliteRows.Position(afterCursor);
        var rows = await _readers.ReadAsync(
            connection => SqliteRows.Read(connection, SqliteStatements.Text("read-feed"), ("@after", after), ("@limit", limit)), cancellation).ConfigureAwait(false);
        return [.. rows.Select(row => row.Record)];
    }

    public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => _readers.ReadAsync(
        connection => connection.Scalar<long>("select coalesce(max(gpos), 0) from journal") is > 0 and var last ? last.ToString(CultureInfo.InvariantCulture) : null,
        cancellation);

    public async ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default)
    {
        var rows = await _readers.ReadAsync(
            connection => SqliteRows.Read(connection, SqliteStatements.Text("read-stream"), ("@stream", stream), ("@from", 1L)), cancellation).ConfigureAwait(false);
        return HashChain.FirstBroken(rows);
    }
}
