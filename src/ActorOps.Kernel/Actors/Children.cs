namespace ActorOps.Kernel.Actors;

/// <summary>Children by name. Locked, because diagnostics and the system's own ActorOf come from other threads.</summary>
internal sealed class Children
{
    private readonly Dictionary<string, LocalActorRef> _byName = new(StringComparer.Ordinal);
    private readonly HashSet<LocalActorRef> _stopping = [];
    private readonly Lock _lock = new();
    private long _anonymous;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byName.Count;
            }
        }
    }

    /// <summary>True while a child that was told to stop has not ended.</summary>
    public bool HasStopping
    {
        get
        {
            lock (_lock)
            {
                return _stopping.Count > 0;
            }
        }
    }

    public IReadOnlyList<LocalActorRef> MarkStopping()
    {
        lock (_lock)
        {
            _stopping.UnionWith(_byName.Values);
            return [.. _stopping];
        }
    }

    public ActorRef Add(ActorSystem system, Props props, ActorCell parent, string? name)
    {
        ActorCell cell;
        lock (_lock)
        {
            name ??= "$" + ++_anonymous;
            if (_byName.ContainsKey(name))
            {
                throw new InvalidOperationException($"{parent.Self} has a child named '{name}' already; a name is free again once its actor has stopped.");
            }

            cell = new ActorCell(system, props, parent, parent.Self.Path.Append(name));
            _byName.Add(name, (LocalActorRef)cell.Self);
        }

        cell.Start();
        return cell.Self;
    }

    public ActorRef? Find(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public void Remove(LocalActorRef child)
    {
        lock (_lock)
        {
            _stopping.Remove(child);
            if (_byName.TryGetValue(child.Path.Name, out var current) && ReferenceEquals(current, child))
            {
                _byName.Remove(child.Path.Name);
            }
        }
    }

    public IReadOnlyList<LocalActorRef> Snapshot()
    {
        lock (_lock)
        {
            return [.. _byName.Values];
        }
    }
}
