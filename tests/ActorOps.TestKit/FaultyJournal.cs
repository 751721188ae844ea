using System.Runtime.CompilerServices;
using ActorOps.Kernel.Persistence;

namespace ActorOps.TestKit;

/// <summary>Any journal, with what goes wrong with journals: each fault is for the next calls, one after the other, in the order in which they were asked for.</summary>
public sealed class FaultyJournal(IJournal inner) : IJournal
{
    private readonly Queue<Fault> _appends = new();
    private readonly Queue<Fault> _reads = new();
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private enum Fault
    {
        Fail,
        Hang,
        LoseReply,
    }

    /// <summary>The next appends fail; nothing is stored.</summary>
    public void FailAppends(int count = 1) => Add(_appends, Fault.Fail, count);

    /// <summary>The next appends have no answer before <see cref="Release"/>, and are stored then.</summary>
    public void HangAppends(int count = 1) => Add(_appends, Fault.Hang, count);

    /// <summary>The next appends are stored, but their answer never comes.</summary>
    public void LoseReplies(int count = 1) => Add(_appends, Fault.LoseReply, count);

    /// <summary>The next reads of a stream fail after their first event.</summary>
    public void FailReads(int count = 1) => Add(_reads, Fault.Fail, count);

    /// <summary>The next reads of a stream hang after their first event, until <see cref="Release"/>.</summary>
    public void HangReads(int count = 1) => Add(_reads, Fault.Hang, count);

    /// <summary>Lets go on what hangs.</summary>
    public void Release()
    {
        var released = _released;
        _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        released.SetResult();
    }

    public async ValueTask<AppendResult> AppendAsync(AppendRequest request, CancellationToken cancellation = default)
    {
        switch (Take(_appends))
        {
            case Fault.Fail:
                throw new JournalUnavailableException("The journal was told to fail.");
            case Fault.Hang:
                await _released.Task;
                return await inner.AppendAsync(request, cancellation);
            case Fault.LoseReply:
                await inner.AppendAsync(request, cancellation);
                await new TaskCompletionSource().Task;
                throw new InvalidOperationException("This reply was lost.");
            default:
                return await inner.AppendAsync(request, cancellation);
        }
    }

    public async IAsyncEnumerable<JournalRecord> ReadStreamAsync(string stream, long fromSequenceNumber, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var fault = Take(_reads);
        await foreach (var record in inner.ReadStreamAsync(stream, fromSequenceNumber, cancellation))
        {
            yield return record;
            if (fault == Fault.Fail)
            {
                throw new JournalUnavailableException("The journal was told to fail.");
            }

            if (fault == Fault.Hang)
            {
                await _released.Task;
            }
        }
    }

    public ValueTask<IReadOnlyList<JournalRecord>> ReadFeedAsync(string? afterCursor, int limit, CancellationToken cancellation = default) => inner.ReadFeedAsync(afterCursor, limit, cancellation);

    public ValueTask<string?> ReadFeedEndAsync(CancellationToken cancellation = default) => inner.ReadFeedEndAsync(cancellation);

    public ValueTask<long?> VerifyChainAsync(string stream, CancellationToken cancellation = default) => inner.VerifyChainAsync(stream, cancellation);

    private static void Add(Queue<Fault> faults, Fault fault, int count)
    {
        lock (faults)
        {
            for (var i = 0; i < count; i++)
            {
                faults.Enqueue(fault);
            }
        }
    }

    private static Fault? Take(Queue<Fault> faults)
    {
        lock (faults)
        {
            return faults.TryDequeue(out var fault) ? fault : null;
        }
    }
}
