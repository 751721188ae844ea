using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>One moment's states. Immutable.</summary>
public sealed class EffectiveStates
{
    private readonly ImmutableDictionary<Guid, Trip> _trips;
    private readonly ImmutableDictionary<Scope, EffectiveLevel> _levels;
    private readonly IReadOnlyList<HeldScope> _holds;

    private readonly TripIndex _index;

    private EffectiveStates(long version, ImmutableDictionary<Guid, Trip> trips, ImmutableHashSet<Guid> cleared, ImmutableDictionary<Scope, EffectiveLevel> levels, IReadOnlyList<HeldScope> holds, TripIndex index) =>
        (Version, _trips, Cleared, _levels, _holds, _index) = (version, trips, cleared, levels, holds, index);

    /// <summary>Nothing known: version 0.</summary>
    public static EffectiveStates Nothing { get; } =
        new(0, ImmutableDictionary<Guid, Trip>.Empty, [], ImmutableDictionary<Scope, EffectiveLevel>.Empty, [], new TripIndex(ImmutableDictionary<Guid, Trip>.Empty, []));

    /// <summary>Grows with every change.</summary>
    public long Version { get; }

    /// <summary>Trips that stand, size caps and recoveries included, oldest first.</summary>
    public IEnumerable<Trip> Trips => _trips.Values.OrderBy(trip => trip.TripId);

    /// <summary>The same in no order.</summary>
    public IEnumerable<Trip> Standing => _trips.Values;

    /// <summary>Ids cleared by resets.</summary>
    public IReadOnlySet<Guid> Cleared { get; }

    /// <summary>Scopes that are not ACTIVE, with level and cause.</summary>
    public IReadOnlyDictionary<Scope, EffectiveLevel> Levels => _levels;

    /// <summary>Holds that count now, overridden ones not among them; one held by several nodes is listed once, with the earliest beginning.</summary>
    public IReadOnlyList<HeldScope> Holds => field ??= [.. _holds.GroupBy(hold => (hold.Scope, hold.Cause)).Select(same => same.OrderByDescending(hold => hold.Level).ThenBy(hold => hold.Since ?? DateTimeOffset.MaxValue).First())];

    /// <summary>The latest ids cleared by resets, newest first, at most 1000.</summary>
    internal IReadOnlyList<Guid> LatestCleared => _index.LatestCleared;

    /// <summary>Trips of symbols.</summary>
    internal IReadOnlyList<Trip> SymbolTrips => _index.OfSymbols;

    /// <summary>Symbols that are not ACTIVE.</summary>
    internal IReadOnlyList<KeyValuePair<Scope, EffectiveLevel>> SymbolLevels => field ??= [.. _levels.Where(level => level.Key.Kind == "symbol")];

    /// <summary>Trips of one scope itself.</summary>
    internal IEnumerable<Trip> TripsOf(Scope scope) => _index.ByScope[scope];

    /// <summary>The standing trip of an id, or null.</summary>
    public Trip? Find(Guid tripId) => _trips.GetValueOrDefault(tripId);

    /// <summary>State of one scope itself, without the scopes that contain it.</summary>
    public EffectiveLevel Of(Scope scope) => _levels.GetValueOrDefault(scope, EffectiveLevel.Active);

    /// <summary>State of an order: the maximum over all scopes that contain it, the firm always among them.</summary>
    public EffectiveLevel Over(params ReadOnlySpan<Scope> scopes)
    {
        var highest = Of(Scope.Firm);
        foreach (var scope in scopes)
        {
            var level = Of(scope);
            highest = level.Level > highest.Level ? level : highest;
        }

        return highest;
    }

    internal static EffectiveStates Compute(
        EffectiveStates before, ImmutableDictionary<Guid, Trip> trips, ImmutableHashSet<Guid> cleared, IEnumerable<HeldScope> holds)
    {
        var levels = ImmutableDictionary.CreateBuilder<Scope, EffectiveLevel>();
        List<HeldScope> standing = [.. holds];
        var all = trips.Values.Select(trip => (trip.Scope, trip.Level, Cause: $"trip:{trip.TripId}"))
            .Concat(standing.Select(hold => (hold.Scope, hold.Level, Cause: $"hold:{hold.Cause}")));
        foreach (var (scope, level, cause) in all.Where(item => item.Level != TradingState.Active).OrderBy(item => item.Cause, StringComparer.Ordinal))
        {
            if (!levels.TryGetValue(scope, out var known) || known.Level < level)
            {
                levels[scope] = new EffectiveLevel(level, cause);
            }
        }

        return new EffectiveStates(before.Version + 1, trips, cleared, levels.ToImmutable(), standing, TripIndex.For(before._index, trips, cleared));
    }
}
