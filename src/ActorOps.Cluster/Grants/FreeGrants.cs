using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Grants;

/// <summary>Whose turn it is to take a free grant: the best place takes it at once, the next ones each a little later, so one that does not act holds nobody up.</summary>
internal sealed class FreeGrants(TimeSpan patiencePerPlace, TimeProvider time)
{
    private readonly Dictionary<string, long> _since = [];

    public bool IsOurTurn(GrantSpec spec, Grant? grant, ClusterView view, string self)
    {
        if (grant is { Phase: not GrantPhase.Free })
        {
            _since.Remove(spec.Name);
            return false;
        }

        if (!_since.TryGetValue(spec.Name, out var since))
        {
            _since[spec.Name] = since = time.GetTimestamp();
        }

        var place = grant?.Desired == self ? 0 : GrantPlacement.Rank(spec, view).ToList().IndexOf(self);
        return place >= 0 && time.GetElapsedTime(since) >= place * patiencePerPlace;
    }
}
