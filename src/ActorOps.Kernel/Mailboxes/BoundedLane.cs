namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// Messages up to a capacity, beside them those that the kernel promises to deliver, which take no room, and the senders that wait for room.
/// All are taken in the order in which they came. Every member is called under the mailbox's lock.
/// </summary>
internal sealed class BoundedLane(int capacity, OverflowPolicy overflow)
{
    private readonly Queue<Arrived> _waiting = new();
    private Queue<Arrived>? _promised;
    private Queue<PendingTell>? _pending;
    private long _arrivals;

    public OverflowPolicy Overflow => overflow;

    public bool IsEmpty => _waiting.Count == 0 && _promised is not { Count: > 0 };

    private bool HasRoom => _waiting.Count < capacity;

    public void AddPromised_NeedsLock(in Envelope envelope) => (_promised ??= new Queue<Arrived>()).Enqueue(new Arrived(envelope, _arrivals++));

    /// <summary>Change of the number that waits: 1, or 0 when <paramref name="refused"/> is the message, new or old, that found no room.</summary>
    public int Add_NeedsLock(in Envelope envelope, out Envelope refused)
    {
        refused = default;
        if (HasRoom)
        {
            Enqueue(envelope);
            return 1;
        }

        if (overflow == OverflowPolicy.DropOldest)
        {
            refused = _waiting.Dequeue().Envelope;
            Enqueue(envelope);
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
        if (HasRoom)
        {
            Enqueue(envelope);
            return 1;
        }

        (_pending ??= new Queue<PendingTell>()).Enqueue(pending = new PendingTell(envelope));
        return 0;
    }

    /// <summary>Takes the oldest message and lets the sender that has waited longest in, which the caller completes outside the lock.</summary>
    public bool TryTake_NeedsLock(out Envelope envelope, out PendingTell? admitted)
    {
        admitted = null;
        if (!TryDequeue(out envelope))
        {
            return false;
        }

        while (HasRoom && _pending is not null && _pending.TryDequeue(out var next))
        {
            if (next.TryAdmit())
            {
                Enqueue(next.Envelope);
                admitted = next;
                break;
            }
        }

        return true;
    }

    private void Enqueue(in Envelope envelope) => _waiting.Enqueue(new Arrived(envelope, _arrivals++));

    private bool TryDequeue(out Envelope envelope)
    {
        var hasWaiting = _waiting.TryPeek(out var waiting);
        var queue = _promised is not null && _promised.TryPeek(out var promised) && (!hasWaiting || promised.Order < waiting.Order) ? _promised : _waiting;
        var taken = queue.TryDequeue(out var first);
        envelope = first.Envelope;
        return taken;
    }

    private readonly record struct Arrived(Envelope Envelope, long Order);
}
