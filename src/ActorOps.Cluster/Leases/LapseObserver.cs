using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Leases;

/// <summary>
/// A candidate's own eyes. The store's clock may jump, so an expired lease alone is no reason to take over: a member has lapsed when, in addition,
/// its renewals have not moved for its whole time to live on this node's own boot-time clock, without a failed read in between. After a store
/// outage everybody looks silent for a while; that is why a failed read starts every observation over.
/// </summary>
public sealed class LapseObserver(TimeProvider time)
{
    private readonly Dictionary<NodeKey, (long Beats, long Since)> _seen = [];
    private long? _braking;

    /// <summary>A read has failed: nothing that was observed counts.</summary>
    public void OnReadFailed()
    {
        _seen.Clear();
        _braking = null;
    }

    /// <summary>
    /// Members, with the renewals they were observed at, that may be evicted. When more than a third of four or more lapse together the fault is
    /// likelier the store's or the network's: then they are given one more time to live.
    /// </summary>
    public IReadOnlyList<Member> Observe(ClusterView view, string self)
    {
        var now = time.GetTimestamp();
        var living = view.Members.Where(member => member.State.IsAlive()).ToList();
        var lapsed = living.Where(member => SilentFor(member, now) >= member.Ttl && member.IsExpired && member.Key.Node != self).ToList();
        foreach (var gone in _seen.Keys.Where(key => living.TrueForAll(member => member.Key != key)).ToList())
        {
            _seen.Remove(gone);
        }

        if (lapsed.Count == 0)
        {
            _braking = null;
            return lapsed;
        }

        if (living.Count < 4 || lapsed.Count * 3 <= living.Count)
        {
            return lapsed;
        }

        _braking ??= now;
        return time.GetElapsedTime(_braking.Value, now) >= lapsed.Max(member => member.Ttl) ? lapsed : [];
    }

    private TimeSpan SilentFor(Member member, long now)
    {
        if (!_seen.TryGetValue(member.Key, out var seen) || seen.Beats != member.Beats)
        {
            _seen[member.Key] = seen = (member.Beats, now);
        }

        return time.GetElapsedTime(seen.Since, now);
    }
}
