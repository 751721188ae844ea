using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Gates;

/// <summary>A registered desk's part of what stands. Looks up its own scopes, and not through everything that stands anywhere.</summary>
internal sealed class DeskStates
{
    private readonly Scope[] _scopes;
    private readonly string[] _haltOnIsolation;
    private volatile Tuple<EffectiveStates, GateStates>? _latest;

    public DeskStates(Desk? desk, IEnumerable<string> haltOnIsolation)
    {
        Desk = desk;
        _scopes = desk is null ? [Scope.Firm] : [.. DeskRegistry.ScopesOf(desk).Distinct()];
        _haltOnIsolation = [.. haltOnIsolation.Where(text => Scope.TryParse(text, out var scope) && (scope.Kind == "symbol" || _scopes.Contains(scope)))];
    }

    /// <summary>The registration that this was made of; null: there is none.</summary>
    public Desk? Desk { get; }

    /// <summary>The desk's part of a moment. The object of the moment before, while that says the same.</summary>
    public GateStates Of(EffectiveStates current)
    {
        var latest = _latest;
        if (ReferenceEquals(latest?.Item1, current))
        {
            return latest!.Item2;
        }

        var made = Make(current);
        if (latest is not null && made.SaysTheSame(latest.Item2))
        {
            made = latest.Item2;
        }

        _latest = Tuple.Create(current, made);
        return made;
    }

    private GateStates Make(EffectiveStates current)
    {
        var states = new List<GateState>();
        foreach (var scope in _scopes)
        {
            if (current.Of(scope) is { Level: not TradingState.Active } level)
            {
                states.Add(new GateState(scope.ToString(), level.Level.ToWire(), level.Cause));
            }
        }

        // Any desk may trade any symbol.
        states.AddRange(current.SymbolLevels.Select(level => new GateState(level.Key.ToString(), level.Value.Level.ToWire(), level.Value.Cause)));
        List<Trip> trips = [.. _scopes.SelectMany(current.TripsOf).Concat(current.SymbolTrips).OrderBy(trip => trip.TripId)];
        return new GateStates(
            states,
            [.. trips.Select(trip => trip.TripId)],
            [.. trips.Select(trip => new GateTrip(trip.TripId, trip.Scope.ToString(), trip.Level.ToWire()))],
            [.. trips.Where(trip => trip.Level == TradingState.Killed)],
            [.. trips.Where(trip => trip.MaxPositionFraction is not null || trip.SizeFactor is not null).Select(trip => new GateSizeCap(trip.Scope.ToString(), trip.MaxPositionFraction, trip.SizeFactor))],
            _haltOnIsolation);
    }
}
