using System.Collections.Immutable;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Server.Clustering;

/// <summary>What changes from one view of the cluster to the next, in words; the newest are kept.</summary>
internal sealed class ViewEvents(ClusterView first, TimeProvider time)
{
    private const int Kept = 500;
    private readonly Lock _lock = new();
    private ClusterView _last = first;
    private ImmutableList<(long Number, DateTimeOffset At, string Text)> _items = [];
    private long _number;
    private bool _shardsMoved;

    /// <summary>Called with each line.</summary>
    public Action<string>? Happened { get; set; }

    /// <summary>Lines after a number, oldest first.</summary>
    public IReadOnlyList<(long Number, DateTimeOffset At, string Text)> After(long number) => [.. Volatile.Read(ref _items).Where(item => item.Number > number)];

    public void Compare(ClusterView view)
    {
        lock (_lock)
        {
            foreach (var line in Members(view).Concat(Grants(view)).Concat(view.Generation == _last.Generation ? [] : [$"store generation {_last.Generation} -> {view.Generation}: every epoch from before is void"]))
            {
                _items = (_items.Count >= Kept ? _items.RemoveAt(0) : _items).Add((++_number, time.GetUtcNow(), line));
                Happened?.Invoke(line);
            }

            _last = view;
        }
    }

    private IEnumerable<string> Members(ClusterView view)
    {
        foreach (var member in view.Members)
        {
            var before = _last.Members.FirstOrDefault(known => known.Key.Node == member.Key.Node);
            if (before?.Key != member.Key || before.State != member.State)
            {
                yield return $"node {member.Key} is {member.State}{(before is null ? string.Empty : $", was {(before.Key == member.Key ? string.Empty : $"{before.Key} ")}{before.State}")}";
            }
            else if (before.Description.Weight > 0 != member.Description.Weight > 0)
            {
                yield return $"node {member.Key} is {(member.Description.Weight > 0 ? "back in service" : "drained")}";
            }
        }
    }

    /// <summary>Singletons each by name; shards as a sum.</summary>
    private IEnumerable<string> Grants(ClusterView view)
    {
        var before = _last.Grants.ToDictionary(grant => grant.Name);
        var moved = view.Grants.Where(grant => grant.Phase == GrantPhase.Active && before.GetValueOrDefault(grant.Name)?.Epoch != grant.Epoch).ToList();
        foreach (var grant in moved.Where(grant => !IsShard(grant)))
        {
            yield return $"{grant.Name} is at {grant.Holder} with epoch {Epochs.EpochOf(grant.Epoch)}{(before.GetValueOrDefault(grant.Name)?.Holder is { } was && was != grant.Holder ? $", was at {was}" : string.Empty)}";
        }

        // Shards move one by one: what one wants to know is who has how many once they have come to rest.
        var moving = moved.Exists(IsShard);
        if (!moving && _shardsMoved)
        {
            yield return "shards: " + string.Join(", ", view.Grants.Where(IsShard).GroupBy(grant => grant.Holder?.ToString() ?? "no node").OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} has {group.Count()}"));
        }

        _shardsMoved = moving;
    }

    private static bool IsShard(Grant grant) => grant.Name.StartsWith("shard/", StringComparison.Ordinal);
}
