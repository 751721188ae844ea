using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Grants;

/// <summary>Whose turn it is to take a free grant: the best place takes it at once, the next ones each a little later, so one that does not act holds nobody up.</summary>
internal sealed class FreeGrants(TimeSpan patiencePerPlace, TimeProvider time)
{
    private readonly Dictionary<string, (long Epoch, long Since)> _free = [];

    public bool IsOurTurn(GrantSpec spec, Grant? grant, ClusterView view, string self)
    {
        if (grant is { Phase: not GrantPhase.Free })
        {
            return false;
        }

        // Counted anew for each time that it is free, which its epoch tells apart: views in between may have been left out.
        var epoch = grant?.Epoch ?? 0;
        if (!_free.TryGetValue(spec.Name, out var free) || free.Epoch != epoch)
        {
            _free[spec.Name] = free = (epoch, time.GetTimestamp());
        }

        var place = grant?.Desired == self ? 0 : GrantPlacement.Rank(spec, view).ToList().IndexOf(self);
        return place >= 0 && time.GetElapsedTime(free.Since) >= place * patiencePerPlace;
    }
}
