using ActorOps.Ops.Peers;

namespace ActorOps.Ops.Signals;

/// <summary>Lines of one desk for one shard, oldest first, that wait for a node to have the shard. Every member is called under the lock of the forwarder.</summary>
internal sealed class SignalBacklog
{
    private readonly Queue<Waiting> _waiting = new();
    private bool _isMoving;

    public Waiting? Oldest => _waiting.TryPeek(out var oldest) ? oldest : null;

    /// <summary>While the lines ahead are being taken, completes when these have gone too, so that a slow node slows the sender; else at once.</summary>
    public Task Add(SignalParcel parcel, long sinceMs)
    {
        var waiting = new Waiting(parcel, sinceMs);
        _waiting.Enqueue(waiting);
        return _isMoving ? waiting.Gone.Task : Task.CompletedTask;
    }

    public void RemoveOldest(bool isTaken)
    {
        _isMoving |= isTaken;
        _waiting.Dequeue().Gone.TrySetResult();
    }

    /// <summary>Nobody takes them for now: nobody is to be held up by them.</summary>
    public void Rest()
    {
        _isMoving = false;
        foreach (var waiting in _waiting)
        {
            waiting.Gone.TrySetResult();
        }
    }

    public sealed record Waiting(SignalParcel Parcel, long SinceMs)
    {
        public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
