namespace ActorOps.Kernel.Mailboxes;

/// <summary>
/// Linked queue for many producers and one consumer (D. Vyukov's non-intrusive MPSC queue): one exchange a push, no lock, empty = one node.
/// </summary>
internal sealed class MpscQueue<T>
{
    private Node _last;
    private Node _first;

    public MpscQueue() => _first = _last = new Node(default!);

    /// <summary>Any thread.</summary>
    public void Enqueue(T item)
    {
        var node = new Node(item);
        var previous = Interlocked.Exchange(ref _last, node);
        Volatile.Write(ref previous.Next, node);
    }

    /// <summary>Consumer only. False also in the instant when a producer has swapped the tail but not yet linked its node.</summary>
    public bool TryDequeue(out T item)
    {
        var next = Volatile.Read(ref _first.Next);
        if (next is null)
        {
            item = default!;
            return false;
        }

        item = next.Item;
        next.Item = default!;
        _first = next;
        return true;
    }

    /// <summary>Any thread: true when a push has begun that was not taken yet, linked or not.</summary>
    public bool HasItems => !ReferenceEquals(Volatile.Read(ref _first), Volatile.Read(ref _last));

    /// <summary>Any thread; a moment's estimate, counted up to <paramref name="limit"/>.</summary>
    public int Count(int limit)
    {
        var count = 0;
        for (var node = Volatile.Read(ref Volatile.Read(ref _first).Next); node is not null && count < limit; node = Volatile.Read(ref node.Next))
        {
            count++;
        }

        return count;
    }

    private sealed class Node(T item)
    {
        public T Item = item;
        public Node? Next;
    }
}
