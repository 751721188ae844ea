using System.Runtime.CompilerServices;
using ActorOps.Client.Wire;

namespace ActorOps.Client.Gates;

/// <summary>
/// The last check before the wire. It knows the standing trips and the life of the permit; a desk that hears nothing any more stops adding
/// risk by itself. <see cref="Check"/> takes no lock and allocates nothing; the clock is read last, after everything else, so that a pause
/// anywhere before it counts.
/// </summary>
/// <remarks>
/// Before the first permit, and when a permit has expired: REDUCE_ONLY, or CANCEL_ONLY when built with <c>knowsPosition: false</c>. A trip
/// once heard is kept, across reconnects and restarts, until its id is named as cleared.
/// A node's numbers are checked against the desk's own: what opens a gate (a permit's life, a clear, a lower level) counts only in an answer to an echo that this
/// gate has sent in the same session, and for three seconds from it. What closes one counts from whatever says it.
/// </remarks>
public sealed class TradingGate
{
    /// <summary>Longest life of a permit, ms.</summary>
    internal const int LongestLifeMs = 3000;

    private readonly object _lock = new();
    private readonly Dictionary<(string Strategy, string Symbol), GateRoute> _routes = [];
    private readonly Dictionary<Guid, StandingTrip> _trips = [];
    private readonly Dictionary<string, TradingLevel> _standing = [];
    private readonly int _expiredLevel;
    private readonly SentEchoes _echoes = new();
    private Dictionary<string, TradingLevel> _told = [];
    private IReadOnlyList<SizeCap> _caps = [];
    private IReadOnlyList<string> _haltOnIsolation;
    private DeskTargets? _targets;
    private long? _incarnation;
    private long _version = long.MinValue;
    private long _deadline;
    private bool _halted;

    /// <summary>A closed gate.</summary>
    /// <param name="remembered">Trips kept from an earlier run.</param>
    /// <param name="knowsPosition">True when the desk's position figures are its own and current.</param>
    /// <param name="haltOnIsolation">Scopes that halt without a permit, kept from an earlier run.</param>
    public TradingGate(IEnumerable<StandingTrip>? remembered = null, bool knowsPosition = true, IReadOnlyList<string>? haltOnIsolation = null)
    {
        _haltOnIsolation = haltOnIsolation ?? [];
        foreach (var trip in remembered ?? [])
        {
            _trips[trip.TripId] = trip;
            Raise(_standing, trip.Scope, TradingLevels.Parse(trip.Level));
        }

        _expiredLevel = (int)(knowsPosition ? TradingLevel.ReduceOnly : TradingLevel.CancelOnly);
    }

    /// <summary>Raised after each change of what the gate was told, outside its lock.</summary>
    public event Action? Changed;

    /// <summary>Trips known and not known to be cleared.</summary>
    public IReadOnlyList<StandingTrip> Trips
    {
        get
        {
            lock (_lock)
            {
                return [.. _trips.Values];
            }
        }
    }

    /// <summary>Scopes whose orders wait for contact once the permit has ended, as last told.</summary>
    public IReadOnlyList<string> HaltOnIsolation
    {
        get
        {
            lock (_lock)
            {
                return _haltOnIsolation;
            }
        }
    }

    /// <summary>End of the permit on the boot-time clock, ns; 0 before the first.</summary>
    public long Deadline => Volatile.Read(ref _deadline);

    /// <summary>Epoch of the last permit.</summary>
    public long Epoch { get; private set; }

    /// <summary>True while a permit lives.</summary>
    public bool HasPermit => BootClock.Now() < Volatile.Read(ref _deadline);

    /// <summary>Resolves the scopes of a strategy's orders in a symbol. Once per pair; the answer stays valid.</summary>
    public GateRoute Route(string strategy, string symbol)
    {
        lock (_lock)
        {
            if (!_routes.TryGetValue((strategy, symbol), out var route))
            {
                _routes.Add((strategy, symbol), route = new GateRoute(strategy, symbol, ScopesOf(strategy, symbol)));
                Update(route);
            }

            return route;
        }
    }

    /// <summary>Whether the order may leave now. The gate works out itself whether it adds risk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GateDecision Check(in OrderIntent intent)
    {
        var quantity = intent.SignedQuantity;
        if (!(quantity is > 0 or < 0))
        {
            return GateDecision.DeniedInvalid;
        }

        var level = Volatile.Read(ref intent.Route.LevelValue);
        if (level > (int)TradingLevel.ReduceOnly)
        {
            return level == (int)TradingLevel.Killed ? GateDecision.DeniedKilled : GateDecision.DeniedCancelOnly;
        }

        // Own open orders on the same side count as if they were filled. NaN anywhere makes this false: it then adds risk.
        var after = intent.Position + intent.OpenQuantity + quantity;
        var reduces = intent.Position > 0 ? quantity < 0 && after >= 0 : quantity > 0 && after <= 0;
        if (!reduces)
        {
            if (level != (int)TradingLevel.Active)
            {
                return GateDecision.DeniedReduceOnly;
            }

            if (!(Math.Abs(after) * intent.Price <= intent.Route.MaximumNotional) || (intent.Price <= 0 && !double.IsPositiveInfinity(intent.Route.MaximumNotional)))
            {
                return GateDecision.DeniedSizeCap;
            }
        }

        if (BootClock.Now() < Volatile.Read(ref _deadline))
        {
            return GateDecision.Allowed;
        }

        return reduces && Volatile.Read(ref intent.Route.ExpiredLevelValue) == (int)TradingLevel.ReduceOnly ? GateDecision.Allowed : GateDecision.DeniedNoPermit;
    }

    /// <summary>What the registry says of this desk; scopes come from it.</summary>
    public void SetTargets(DeskTargets targets)
    {
        lock (_lock)
        {
            _targets = targets;
            foreach (var ((strategy, symbol), route) in _routes.ToList())
            {
                if (!route.Scopes.SequenceEqual(ScopesOf(strategy, symbol)))
                {
                    // The old object must not stay open under old scopes: it is closed for good, and callers ask for the new one.
                    Volatile.Write(ref route.LevelValue, (int)TradingLevel.CancelOnly);
                    _routes.Remove((strategy, symbol));
                }
            }

            UpdateAll();
        }

        Changed?.Invoke();
    }

    /// <summary>A session with another node begins, or with another life of the same: its numbers start again. What is remembered stays.</summary>
    public void BeginSession()
    {
        lock (_lock)
        {
            _incarnation = null;
            _version = long.MinValue;
            _echoes.BeginSession();
        }
    }

    /// <summary>The clock to send as the next echo, ns. Only answers to echoes from here open the gate.</summary>
    public long NextEcho()
    {
        lock (_lock)
        {
            return _echoes.Next();
        }
    }

    /// <summary>
    /// Takes a permit or a state in. One of another life of the node than the session's first, or older than what was taken before, changes nothing; one that does not
    /// answer an own echo, or whose life is not within 3000 ms, only closes.
    /// </summary>
    /// <returns>Whether it counts in full.</returns>
    public bool Apply(PermitMessage message)
    {
        bool counts;
        lock (_lock)
        {
            if (message.Incarnation != (_incarnation ??= message.Incarnation) || message.Version < _version)
            {
                return false;
            }

            counts = message.ValidForMs is >= 0 and <= LongestLifeMs && _echoes.IsOfSession(message.Echo);
            foreach (var trip in message.Standing)
            {
                _trips.TryAdd(trip.TripId, trip);
            }

            if (counts)
            {
                TakeAll(message);
            }
            else
            {
                TakeWhatCloses(message);
            }

            UpdateAll();
        }

        Changed?.Invoke();
        return counts;
    }

    /// <summary>Whether an echo was sent by this process, in this session or one before it.</summary>
    internal bool HasSent(long echo)
    {
        lock (_lock)
        {
            return _echoes.Has(echo);
        }
    }

    private void TakeAll(PermitMessage message)
    {
        (_version, Epoch) = (message.Version, message.Epoch);
        foreach (var id in message.Cleared)
        {
            _trips.Remove(id);
        }

        _told = message.States.GroupBy(state => state.Scope).ToDictionary(group => group.Key, group => group.Max(state => TradingLevels.Parse(state.Level)));
        _caps = message.SizeCaps;
        _haltOnIsolation = message.HaltOnIsolation;
        if (message.ValidForMs > 0)
        {
            var deadline = Math.Min(message.Echo + (message.ValidForMs * 1_000_000L), BootClock.Now() + (LongestLifeMs * 1_000_000L));
            Volatile.Write(ref _deadline, Math.Max(_deadline, deadline));
        }
    }

    /// <summary>The numbers of such a message are not believed, its version included: the next answer to an own echo says what stands.</summary>
    private void TakeWhatCloses(PermitMessage message)
    {
        foreach (var state in message.States)
        {
            Raise(_told, state.Scope, TradingLevels.Parse(state.Level));
        }

        _caps = [.. _caps.Union(message.SizeCaps)];
        _haltOnIsolation = [.. _haltOnIsolation.Union(message.HaltOnIsolation)];
    }

    /// <summary>Closes a scope on a control event, until the next state from the server stands over it.</summary>
    public void Close(string scope, TradingLevel level)
    {
        lock (_lock)
        {
            Raise(_told, scope, level);
            UpdateAll();
        }

        Changed?.Invoke();
    }

    /// <summary>The desk's own stop: CANCEL_ONLY for everything until <see cref="Resume"/>.</summary>
    public void Halt() => SetHalted(true);

    /// <summary>Takes <see cref="Halt"/> back. Trips and permits stand as they are.</summary>
    public void Resume() => SetHalted(false);

    private void SetHalted(bool halted)
    {
        lock (_lock)
        {
            _halted = halted;
            UpdateAll();
        }

        Changed?.Invoke();
    }

    private void UpdateAll()
    {
        _standing.Clear();
        foreach (var trip in _trips.Values)
        {
            Raise(_standing, trip.Scope, TradingLevels.Parse(trip.Level));
        }

        foreach (var route in _routes.Values)
        {
            Update(route);
        }
    }

    private void Update(GateRoute route)
    {
        var level = route.Scopes.Count == 0 || _halted ? TradingLevel.CancelOnly : TradingLevel.Active;
        foreach (var scope in route.Scopes)
        {
            level = (TradingLevel)Math.Max((int)level, Math.Max((int)_told.GetValueOrDefault(scope), (int)_standing.GetValueOrDefault(scope)));
        }

        var halts = _expiredLevel != (int)TradingLevel.ReduceOnly || route.Scopes.Any(scope => _haltOnIsolation.Contains(scope));
        Volatile.Write(ref route.ExpiredLevelValue, (int)(halts ? TradingLevel.CancelOnly : TradingLevel.ReduceOnly));

        // The level first: a route that closes must not wait for anything.
        Volatile.Write(ref route.LevelValue, (int)level);
        var (notional, factor) = (double.PositiveInfinity, 1.0);
        foreach (var cap in _caps)
        {
            if (route.Scopes.Contains(cap.Scope))
            {
                notional = Math.Min(notional, cap.MaxPositionFraction is { } fraction ? Share(fraction) * AumOf(cap.Scope) : double.PositiveInfinity);
                factor = Math.Min(factor, cap.SizeFactor is { } size ? Share(size) : 1);
            }
        }

        (route.MaximumNotional, route.SizeFactor) = (notional, factor);
    }

    /// <summary>A share is from 0 to 1; anything else is a cap that lets nothing through.</summary>
    private static double Share(double value) => value is >= 0 and <= 1 ? value : 0;

    private static void Raise(Dictionary<string, TradingLevel> levels, string scope, TradingLevel level) =>
        levels[scope] = (TradingLevel)Math.Max((int)level, (int)levels.GetValueOrDefault(scope));

    /// <summary>A strategy that the registry does not know has no scopes, and no order of it may leave.</summary>
    private string[] ScopesOf(string strategy, string symbol)
    {
        if (_targets?.Strategies.FirstOrDefault(candidate => candidate.Id == strategy) is not { } known
            || _targets.Accounts.FirstOrDefault(candidate => candidate.Id == known.Account) is not { } account)
        {
            return [];
        }

        return ["firm", $"region/{_targets.Region}", $"broker/{account.Broker}", $"account/{account.Id}", $"strategy/{strategy}", $"symbol/{symbol}"];
    }

    private double AumOf(string scope)
    {
        var id = scope[(scope.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return (double)(scope.StartsWith("strategy/", StringComparison.Ordinal) ? _targets?.Strategies.FirstOrDefault(strategy => strategy.Id == id)?.Aum
            : scope.StartsWith("account/", StringComparison.Ordinal) ? _targets?.Accounts.FirstOrDefault(account => account.Id == id)?.Aum
            : _targets?.Aum ?? 0).GetValueOrDefault();
    }
}
