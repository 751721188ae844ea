namespace ActorOps.Kernel.Mailboxes;

/// <summary>Messages up to a capacity, and the senders that wait for room. Every member is called under the mailbox's lock.</summary>
internal sealed class BoundedLane(int capacity, OverflowPolicy overflow)
{
    private readonly Queue<Envelope> _waiting = new();
    private Queue<PendingTell>? _pending;

    public OverflowPolicy Overflow => overflow;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Change of the number that waits: 1, or 0 when <paramref name="refused"/> is the message, new or old, that found no room.</summary>
    public int Add_NeedsLock(in Envelope envelope, bool always, out Envelope refused)
    {
        refused = default;
        if (_waiting.Count < capacity || always)
        {
            _waiting.Enqueue(envelope);
            return 1;
        }

        if (overflow == OverflowPolicy.DropOldest)
        {
            refused = _waiting.Dequeue();
            _waiting.Enqueue(envelope);
        }
        else
        {
            refused = envelope;
        }

        return 0;
    }

    /// <summary>Adds the message, or queues its sender behind those that wait already.</summary>
    public int AddOrWait_NeedsLock(in Envelope envelope, out PendingTell? pending)
    {
        pending = null;
        if (_waiting.Count < capacity)
        {
            _waiting.Enqueue(envelope);
            return 1;
        }

        (_pending ??= new Queue<PendingTell>()).Enqueue(pending = new PendingTell(envelope));
        return 0;
    }

    /// <summary>Takes the oldest message and lets the sender that has waited longest in, which the caller completes outside the lock.</summary>
    public bool TryTake_NeedsLock(out Envelope envelope, out PendingTell? admitted)
    {
        admitted = null;
        if (!_waiting.TryDequeue(out envelope))
        {
            return false;
        }

        while (_waiting.Count < capacity && _pending is not null && _pending.TryDequeue(out var next))
        {
            if (next.TryAdmit())
            {
                _waiting.Enqueue(next.Envelope);
                admitted = next;
                break;
            }
        }

        return true;
    }
}
