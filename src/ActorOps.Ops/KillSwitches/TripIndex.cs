using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>Trips by scope, and the latest clears in order. Made once for each change of trips, not for each change of holds, and only when somebody asks.</summary>
internal sealed class TripIndex(ImmutableDictionary<Guid, Trip> trips, ImmutableHashSet<Guid> cleared)
{
    private const int MostCleared = 1000;

    /// <summary>Trips by the scope that they name.</summary>
    public ILookup<Scope, Trip> ByScope => field ??= trips.Values.ToLookup(trip => trip.Scope);

    /// <summary>Those of symbols.</summary>
    public IReadOnlyList<Trip> OfSymbols => field ??= [.. trips.Values.Where(trip => trip.Scope.Kind == "symbol")];

    /// <summary>The latest clears, newest first, at most 1000: ids of version 7 sort by time.</summary>
    public IReadOnlyList<Guid> LatestCleared => field ??= [.. cleared.OrderDescending().Take(MostCleared)];

    /// <summary>The same index while it is of the same trips.</summary>
    public static TripIndex For(TripIndex? before, ImmutableDictionary<Guid, Trip> trips, ImmutableHashSet<Guid> cleared) =>
        before is not null && before.IsOf(trips, cleared) ? before : new TripIndex(trips, cleared);

    private bool IsOf(ImmutableDictionary<Guid, Trip> others, ImmutableHashSet<Guid> othersCleared) => ReferenceEquals(trips, others) && ReferenceEquals(cleared, othersCleared);
}
