using ActorOps.Cluster.Nodes;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Storage;

/// <summary>Hints at every node after an append, never within it: a notification in the transaction would make all appends wait for one another.</summary>
internal sealed class RingingJournal(IJournal journal, IDoorbell doorbell) : IJournal
{
    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
    {
        var result = await journal.AppendAsync(request, cancellation).ConfigureAwait(false);
        if (result is AppendResult.Appended)
        {
            doorbell.Ring();
        }

        return result;
    }

    public IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, CancellationToken cancellation = default) => journal.ReadStreamAsync(stream, fromSequenceNumber, cancellation);

    public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => journal.ReadFeedAsync(afterCursor, limit, cancellation);

    public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => journal.ReadFeedEndAsync(cancellation);

    public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => journal.VerifyChainAsync(stream, cancellation);
}
