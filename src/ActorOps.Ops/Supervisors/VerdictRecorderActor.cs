using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Supervisors;

/// <summary>Journals verdict changes in batches: what comes while one append is on its way goes into the next.</summary>
internal sealed class VerdictRecorderActor(EventSourcedOptions store)
    : EventSourcedActor<VerdictRecorderActor.Nothing, SupervisionEvent>(store, new JsonEventCodec<SupervisionEvent>(SupervisionJson.Default.SupervisionEvent))
{
    private const int LargestBatch = 500;
    private readonly List<SupervisionEvent> _waiting = [];

    protected override string StreamId => "supervision";

    protected override Nothing InitialState => new();

    /// <summary>There is nothing to fold: the stream is read by others.</summary>
    protected override Nothing Apply(Nothing state, SupervisionEvent e) => state;

    protected override async ValueTask ReceiveCommand(object message)
    {
        if (message is SupervisionEvent e)
        {
            if (_waiting.Count == 0)
            {
                Self.Tell(new Flush());
            }

            _waiting.Add(e);
        }

        if (message is Flush || _waiting.Count >= LargestBatch)
        {
            SupervisionEvent[] batch = [.. _waiting];
            _waiting.Clear();
            await PersistAsync(Guid.CreateVersion7(Context.System.TimeProvider.GetUtcNow()), batch).ConfigureAwait(false);
        }
    }

    internal sealed record Nothing;

    private sealed record Flush;
}
