using ActorOps.Kernel.Mailboxes;

namespace ActorOps.Kernel.Actors;

/// <summary>Both sides of watching: whom this actor watches, and who watches it.</summary>
internal sealed class DeathWatch(LocalActorRef self)
{
    private readonly HashSet<ActorRef> _watched = [];
    private readonly HashSet<ActorRef> _watchers = [];

    public void Watch(ActorRef target)
    {
        if (_watched.Add(target))
        {
            target.SendSystem(new SystemMessage.Watch(self));
        }
    }

    public void Unwatch(ActorRef target)
    {
        if (_watched.Remove(target))
        {
            target.SendSystem(new SystemMessage.Unwatch(self));
        }
    }

    /// <summary>True the first time for a watched target: this is what makes Terminated come exactly once.</summary>
    public bool Take(ActorRef target) => _watched.Remove(target);

    public void AddWatcher(ActorRef watcher) => _watchers.Add(watcher);

    public void RemoveWatcher(ActorRef watcher) => _watchers.Remove(watcher);

    /// <summary>Tells the watchers, and lets go of the watched: nobody keeps a stopped actor alive by having been watched by it.</summary>
    public void Announce()
    {
        foreach (var watcher in _watchers)
        {
            watcher.SendSystem(new SystemMessage.WatchedStopped(self));
        }

        foreach (var target in _watched)
        {
            target.SendSystem(new SystemMessage.Unwatch(self));
        }

        _watchers.Clear();
        _watched.Clear();
    }
}
