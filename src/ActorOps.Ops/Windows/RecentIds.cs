namespace ActorOps.Ops.Windows;

/// <summary>The last ids seen, to drop repeats; bounded.</summary>
internal sealed class RecentIds(int capacity)
{
    private HashSet<string>? _known;
    private Queue<string>? _order;

    /// <summary>False when the id was seen before.</summary>
    public bool Add(string id)
    {
        _known ??= new HashSet<string>(StringComparer.Ordinal);
        _order ??= new Queue<string>();
        if (!_known.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > capacity)
        {
            _known.Remove(_order.Dequeue());
        }

        return true;
    }
}
