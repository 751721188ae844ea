using System.Collections.Immutable;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// What stands now, in memory: the set of trips known, the set of ids cleared, and the holds derived from the present. Everything merges
/// by union, so order and repetition do not matter. Reads take no lock.
/// </summary>
public sealed class KillSwitchBoard
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<Guid, Trip> _trips = ImmutableDictionary<Guid, Trip>.Empty;
    private ImmutableHashSet<Guid> _cleared = [];
    private ImmutableDictionary<(Scope Scope, string Cause), HeldScope> _holds = ImmutableDictionary<(Scope, string), HeldScope>.Empty;
    private ImmutableDictionary<string, IReadOnlyList<HeldScope>> _holdsElsewhere = ImmutableDictionary<string, IReadOnlyList<HeldScope>>.Empty;
    private ImmutableHashSet<(string Scope, string Cause)> _overridden = [];
    private volatile EffectiveStates _current = EffectiveStates.Nothing;

    /// <summary>Raised after every change, on the thread that made it, outside the lock. Read <see cref="Current"/>.</summary>
    public event Action? Changed;

    /// <summary>What stands.</summary>
    public EffectiveStates Current => _current;

    /// <summary>Adds a trip. False when it was known or is cleared.</summary>
    public bool Add(Trip trip) => Change(() =>
    {
        if (_trips.ContainsKey(trip.TripId) || _cleared.Contains(trip.TripId))
        {
            return false;
        }

        _trips = _trips.Add(trip.TripId, trip);
        return true;
    });

    /// <summary>Takes everything in that another memory (latch, journal) knows, in one step; the trips that were new here.</summary>
    public IReadOnlyList<Trip> Merge(IEnumerable<Trip> trips, IEnumerable<Guid> cleared)
    {
        IReadOnlyList<Trip> added = [];
        Change(() =>
        {
            _cleared = _cleared.Union(cleared);
            added = [.. trips.Where(trip => !_trips.ContainsKey(trip.TripId) && !_cleared.Contains(trip.TripId))];
            _trips = _trips.RemoveRange(_cleared).AddRange(added.Select(trip => KeyValuePair.Create(trip.TripId, trip)));
            return true;
        });
        return added;
    }

    /// <summary>Clears exactly these ids, and adds what the reset leaves in their place, in one step.</summary>
    public bool Clear(IEnumerable<Guid> tripIds, IEnumerable<Trip> recoveries) => Change(() =>
    {
        _trips = _trips.AddRange(recoveries.Where(recovery => !_trips.ContainsKey(recovery.TripId)).Select(recovery => KeyValuePair.Create(recovery.TripId, recovery)));
        _cleared = _cleared.Union(tripIds);
        _trips = _trips.RemoveRange(_cleared);
        return true;
    });

    /// <summary>Starts over from another history of the store, in which clears that were known here may not have happened: their trips stand again.</summary>
    public void Reload(IEnumerable<Trip> trips, IEnumerable<Guid> cleared) => Change(() =>
    {
        _cleared = [.. cleared];
        _trips = _trips.SetItems(trips.Select(trip => KeyValuePair.Create(trip.TripId, trip))).RemoveRange(_cleared);
        return true;
    });

    /// <summary>Holds that this node's supervisors are the cause of.</summary>
    public IReadOnlyList<HeldScope> LocalHolds => [.. Volatile.Read(ref _holds).Values];

    /// <summary>True when anybody holds anything for a cause.</summary>
    public bool IsHeld(string cause) => AllHolds.Any(hold => hold.Cause == cause);

    /// <summary>Causes of the holds on exactly this scope, wherever they are held, overridden ones too.</summary>
    public IReadOnlyList<string> CausesOf(Scope scope) =>
        [.. AllHolds.Where(hold => hold.Scope == scope).Select(hold => hold.Cause).Distinct().Order(StringComparer.Ordinal)];

    private IEnumerable<HeldScope> AllHolds => LocalHolds.Concat(Volatile.Read(ref _holdsElsewhere).Values.SelectMany(held => held));

    /// <summary>Replaces the holds that another node has reported.</summary>
    public bool ReplaceHolds(string node, IReadOnlyList<HeldScope> holds) => Change(() =>
    {
        var before = _holdsElsewhere.GetValueOrDefault(node, []);
        if (before.Count == holds.Count && before.ToHashSet().SetEquals(holds))
        {
            return false;
        }

        _holdsElsewhere = holds.Count == 0 ? _holdsElsewhere.Remove(node) : _holdsElsewhere.SetItem(node, holds);
        return true;
    });

    /// <summary>Holds a scope for a cause, or raises or lowers that hold. One that stands already, here or at another node, keeps its beginning.</summary>
    public bool Hold(Scope scope, string cause, TradingState level, DateTimeOffset? since = null, string? why = null) => Change(() =>
    {
        if (_holds.TryGetValue((scope, cause), out var held) && held.Level == level)
        {
            return false;
        }

        var earlier = _holdsElsewhere.Values.SelectMany(held => held).Where(hold => hold.Scope == scope && hold.Cause == cause && hold.Level == level).Min(hold => hold.Since);
        _holds = _holds.SetItem((scope, cause), new HeldScope(scope, cause, level) { Since = earlier ?? since, Why = why });
        return true;
    });

    /// <summary>Lifts a hold.</summary>
    public bool Lift(Scope scope, string cause) => Change(() =>
    {
        var before = _holds;
        _holds = _holds.Remove((scope, cause));
        return !ReferenceEquals(before, _holds);
    });

    /// <summary>Replaces the holds that do not count for now, by scope and cause. Trips always count.</summary>
    public bool Override(IReadOnlyCollection<(string Scope, string Cause)> holds) => Change(() =>
    {
        if (_overridden.SetEquals(holds))
        {
            return false;
        }

        _overridden = [.. holds];
        return true;
    });

    /// <summary>Lifts every hold of a cause: who caused them is gone.</summary>
    public bool LiftAll(string cause) => Change(() =>
    {
        var before = _holds;
        _holds = _holds.RemoveRange(_holds.Keys.Where(hold => hold.Cause == cause));
        return _holds.Count != before.Count;
    });

    private bool Change(Func<bool> change)
    {
        lock (_lock)
        {
            if (!change())
            {
                return false;
            }

            var holds = AllHolds
                .Where(hold => _overridden.IsEmpty || !_overridden.Contains((hold.Scope.ToString(), hold.Cause)));
            _current = EffectiveStates.Compute(_current, _trips, _cleared, holds);
        }

        Changed?.Invoke();
        return true;
    }
}
