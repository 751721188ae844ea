namespace ActorOps.Kernel.Actors;

/// <summary>Children by name. Locked, because diagnostics, the system's own ActorOf and the children's ends come from other threads.</summary>
internal sealed class Children
{
    private readonly Dictionary<string, LocalActorRef> _byName = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private HashSet<LocalActorRef>? _stopping;
    private int _alive;
    private long _anonymous;
    private bool _closed;

    /// <summary>True while a child lives whose end has not been noted.</summary>
    public bool Any
    {
        get
        {
            lock (_lock)
            {
                return _alive > 0;
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
                return _stopping is { Count: > 0 };
            }
        }
    }

    /// <summary>Marks every child as stopping and returns them; a closed family takes no new ones.</summary>
    public IReadOnlyList<LocalActorRef> MarkStopping(bool close)
    {
        lock (_lock)
        {
            _closed |= close;
            (_stopping ??= []).UnionWith(_byName.Values);
            return [.. _stopping];
        }
    }

    public void MarkStopping(LocalActorRef child)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(child.Path.Name, out var current) && ReferenceEquals(current, child))
            {
                (_stopping ??= []).Add(child);
            }
        }
    }

    public ActorRef Add(ActorSystem system, Props props, ActorCell parent, int suspensions, string? name)
    {
        ActorCell cell;
        lock (_lock)
        {
            if (_closed)
            {
                throw new InvalidOperationException($"{parent.Self} is stopping and can have no new child.");
            }

            name ??= "$" + ++_anonymous;
            if (_byName.ContainsKey(name))
            {
                throw new InvalidOperationException($"{parent.Self} has a child named '{name}' already; a name is free again once its actor has stopped.");
            }

            cell = new ActorCell(system, props, parent, parent.Self.Path.Append(name), suspensions);
            _byName.Add(name, (LocalActorRef)cell.Self);
            _alive++;
        }

        cell.Start();
        return cell.Self;
    }

    public LocalActorRef? Find(string name)
    {
        lock (_lock)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    /// <summary>Called by the child once its PostStop has run, before any watcher hears of it.</summary>
    public void ReleaseName(LocalActorRef child)
    {
        lock (_lock)
        {
            _byName.Remove(child.Path.Name);
        }
    }

    /// <summary>Called on the parent's turn, after every watcher was told.</summary>
    public void OnStopped(LocalActorRef child)
    {
        lock (_lock)
        {
            _stopping?.Remove(child);
            _alive--;
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
