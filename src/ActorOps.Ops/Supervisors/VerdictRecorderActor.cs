using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Supervisors;

/// <summary>
/// Journals the verdict changes of a shard in batches, under the shard's epoch: what comes while one append is on its way goes into the next. Each term
/// of the shard has a stream of its own, so a new holder has nothing to read first. A store that is away delays them.
/// </summary>
internal sealed class VerdictRecorderActor(IJournal journal, FencingToken token, ILogger log) : Actor
{
    private const int LargestBatch = 500;
    private const int MostWaiting = 20_000;
    private static readonly JsonEventCodec<SupervisionEvent> Codec = new(SupervisionJson.Default.SupervisionEvent);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);
    private readonly Queue<SupervisionEvent> _waiting = new();
    private readonly string _stream = $"supervision/{token.Grant}/{token.Epoch}";
    private (Guid Id, List<SupervisionEvent> Events)? _batch;
    private long _sequenceNumber;
    private bool _flushing;

    protected override async ValueTask PostStop() => await FlushAsync().ConfigureAwait(false);

    protected override async ValueTask Receive(object message)
    {
        switch (message)
        {
            case SupervisionEvent e:
                if (_waiting.Count >= MostWaiting)
                {
                    _waiting.Dequeue();
                    SupervisorLog.VerdictDropped(log, token.Grant);
                }

                _waiting.Enqueue(e);
                if (!_flushing)
                {
                    _flushing = true;
                    Self.Tell(new Flush());
                }

                break;
            case Flush:
                _flushing = false;
                await FlushAsync().ConfigureAwait(false);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>A batch keeps its command id until its outcome is known, so that one stored without an answer is not stored twice.</summary>
    private async ValueTask FlushAsync()
    {
        try
        {
            while (_batch is not null || _waiting.Count > 0)
            {
                _batch ??= (Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow()), Take());
                var (id, events) = _batch.Value;
                var result = await journal.AppendAsync(new AppendRequest(_stream, _sequenceNumber, token, id, [.. events.Select(Codec.Encode)])).AsTask().WaitAsync(AnswerWithin, Context.System.TimeProvider).ConfigureAwait(false);
                _batch = null;
                switch (result)
                {
                    case AppendResult.Appended:
                        _sequenceNumber += events.Count;
                        break;
                    case AppendResult.Conflict conflict:
                        // An actor before this one, in the same term.
                        _sequenceNumber = conflict.CurrentSequenceNumber;
                        _batch = (id, events);
                        break;
                    default:
                        SupervisorLog.VerdictsFenced(log, token.Grant, events.Count + _waiting.Count);
                        _waiting.Clear();
                        break;
                }
            }
        }
        catch (Exception reason) when (reason is JournalUnavailableException or TimeoutException)
        {
            SupervisorLog.VerdictsDelayed(log, token.Grant, _waiting.Count, reason.Message);
            _flushing = true;
            Context.Timers.StartSingle("flush", new Flush(), TimeSpan.FromSeconds(1));
        }
    }

    private List<SupervisionEvent> Take()
    {
        var batch = new List<SupervisionEvent>();
        while (batch.Count < LargestBatch && _waiting.TryDequeue(out var e))
        {
            batch.Add(e);
        }

        return batch;
    }

    private sealed record Flush;
}
