using System.Collections.Concurrent;
using System.Text.Json;
using ActorOps.Kernel.Persistence;
using ActorOps.Kernel.Scheduling;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Gates;

/// <summary>
/// Permits and control events for every connected desk. A change of state is written to each session on the thread that made it, so a trip
/// is on its way before it is answered. Permits follow echoes: one that waited anywhere is stale by the desk's own clock.
/// </summary>
public sealed class GateHub
{
    private static readonly TimeSpan DetachedLife = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<string, GateSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Desk, Guid Control), byte> _acknowledged = new();
    private readonly ConcurrentDictionary<string, DeskStates> _states = new(StringComparer.Ordinal);
    private readonly KillSwitchServices _killSwitch;
    private readonly DeskRegistry _registry;
    private readonly IOutbox _outbox;
    private readonly GateOptions _options;
    private readonly GateIdentity _identity;

    /// <summary>A hub that follows the kill switch's board.</summary>
    public GateHub(KillSwitchServices killSwitch, DeskRegistry registry, IOutbox outbox, GateOptions options, GateIdentity identity)
    {
        (_killSwitch, _registry, _outbox, _options, _identity) = (killSwitch, registry, outbox, options, identity);
        killSwitch.Board.Changed += OnChanged;
    }

    /// <summary>Sessions of connected desks.</summary>
    public IReadOnlyCollection<GateSession> Sessions => [.. _sessions.Values.Where(session => session.Attached)];

    private TimeProvider Time => _identity.Time;

    private long NowMs => Time.GetMilliseconds();

    /// <summary>False when the desk listens to as many sessions as it may have.</summary>
    public bool HasRoom(string desk) => _sessions.Values.Count(session => session.Attached && session.Desk == desk) < _options.SessionsPerDesk;

    /// <summary>
    /// Begins a session for a registered desk; null when it has as many as it may. One that nobody listens to yet is ended for a new one, so that a desk that connects
    /// again and again does not shut itself out.
    /// </summary>
    public GateSession? Open(string desk, IReadOnlyList<Guid> knownTrips)
    {
        var own = _sessions.Values.Where(session => session.Desk == desk).OrderBy(session => session.LastSeenMs).ToList();
        if (own.Count >= _options.SessionsPerDesk)
        {
            if (own.Find(session => !session.Attached) is not { } unheard)
            {
                return null;
            }

            Detach(unheard);
        }

        var session = new GateSession(Guid.CreateVersion7(Time.GetUtcNow()).ToString("N"), desk, knownTrips, NowMs);
        _sessions[session.Id] = session;
        return session;
    }

    /// <summary>The session of an id, or null.</summary>
    public GateSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>The desk listens now: it gets the states at once and whatever waits for it.</summary>
    public void Attach(GateSession session)
    {
        session.Attached = true;
        SendState(session);
        SendKills(session);
        ControlsWaiting(session.Desk);
    }

    /// <summary>The desk has gone.</summary>
    public void Detach(GateSession session)
    {
        _sessions.TryRemove(session.Id, out _);
        session.Close();
    }

    /// <summary>
    /// The desk's clock: answered by a permit on its stream. Before latch and journal are merged there are none. False when it does not continue the session's
    /// earlier ones: then nothing is answered, and the desk must say hello again.
    /// </summary>
    public bool OnEcho(GateSession session, long echo)
    {
        var isFirst = session.Echo is null;
        if (!session.TakeEcho(echo, NowMs))
        {
            return false;
        }

        if (isFirst)
        {
            // Orders that expire are sent with an echo, and have waited for one.
            ControlsWaiting(session.Desk);
        }

        if (!_killSwitch.WhenReady.IsCompletedSuccessfully)
        {
            return true;
        }

        // The echo was sent before now, so echo + validFor ends no later than this node's trust does.
        var validForMs = (int)Math.Min(_options.ValidForMs, _identity.TrustLeft().TotalMilliseconds);
        if (validForMs > 0)
        {
            session.LastPermitMs = NowMs;
            session.Send(new GateEvent("permit", JsonSerializer.Serialize(Permit(session) with { ValidForMs = validForMs }, GateJson.Default.GatePermit)));
        }

        return true;
    }

    /// <summary>Orders wait in the outbox for this desk.</summary>
    public void ControlsWaiting(string desk) => _ = SendControlsAsync(desk);

    /// <summary>The desk's word on an order to it. An order of another desk does not exist for it.</summary>
    public async Task<ControlAnswer> AcknowledgeAsync(string desk, Guid control, string? outcome, string? detail = null)
    {
        // A trip's id orders its own cancel-all, to each desk of its scope; a caller may have chosen it, so it may be that of another order too.
        var current = _killSwitch.Board.Current;
        var isKill = StatesOf(desk).Of(current).Kills.Any(trip => trip.TripId == control);
        var isNew = (isKill && _acknowledged.TryAdd((desk, control), 0)) | await _outbox.MarkDeliveredAsync(ControlMessage.Destination(desk), control, ControlOutcome.Of(outcome)).ConfigureAwait(false);
        if (isNew && !ControlOutcome.IsDone(outcome))
        {
            GateLog.ControlNotApplied(_killSwitch.Log, desk, control, ControlOutcome.Describe(outcome, detail));
        }

        return isNew ? ControlAnswer.Taken
            : isKill || current.Cleared.Contains(control) || await _outbox.HasAsync(ControlMessage.Destination(desk), control).ConfigureAwait(false) ? ControlAnswer.Repeated
            : ControlAnswer.Unknown;
    }

    /// <summary>Once a second: repeats what was not acknowledged, lets go of sessions that never listened.</summary>
    public async Task TickAsync()
    {
        foreach (var session in _sessions.Values)
        {
            if (session.Attached)
            {
                SendKills(session);
            }
            else if (NowMs - session.LastSeenMs > DetachedLife.TotalMilliseconds)
            {
                Detach(session);
            }
        }

        foreach (var desk in _sessions.Values.Where(session => session.Attached).Select(session => session.Desk).Distinct())
        {
            await SendControlsAsync(desk).ConfigureAwait(false);
        }
    }

    internal GatePermit Permit(GateSession session)
    {
        var current = _killSwitch.Board.Current;
        return Permit(session, current, StatesOf(session.Desk).Of(current));
    }

    private GatePermit Permit(GateSession session, EffectiveStates current, GateStates states) => new(
        Guid.CreateVersion7(Time.GetUtcNow()),
        _identity.Incarnation,
        _identity.Epoch(),
        session.Echo ?? 0,
        0,
        states.States,
        states.Trips,
        states.Standing,
        session.KnownTrips.Count == 0 ? current.LatestCleared : [.. session.KnownTrips.Where(current.Cleared.Contains).Concat(current.LatestCleared).Distinct()],
        states.SizeCaps,
        states.HaltOnIsolation,
        current.Version);

    private void OnChanged()
    {
        foreach (var session in _sessions.Values)
        {
            // Most changes concern few desks.
            if (session.Attached && SendState(session))
            {
                SendKills(session);
            }
        }
    }

    /// <summary>False when the gate knows all of it.</summary>
    private bool SendState(GateSession session)
    {
        // One at a time, so that what was last noted is what was last sent.
        lock (session.Telling)
        {
            var current = _killSwitch.Board.Current;
            var states = StatesOf(session.Desk).Of(current);
            if (session.Told is { } told && told.SaysTheSame(states))
            {
                return false;
            }

            session.Told = states;
            session.Send(new GateEvent("state", JsonSerializer.Serialize(Permit(session, current, states), GateJson.Default.GatePermit)));
            return true;
        }
    }

    private DeskStates StatesOf(string desk)
    {
        var registered = _registry.Find(desk);
        var known = _states.GetValueOrDefault(desk);
        return known is not null && ReferenceEquals(known.Desk, registered) ? known : _states[desk] = new DeskStates(registered, _options.HaltOnIsolation);
    }

    /// <summary>Entering KILLED orders cancel-all, under the trip's own id, without any help from the store.</summary>
    private void SendKills(GateSession session)
    {
        foreach (var trip in StatesOf(session.Desk).Of(_killSwitch.Board.Current).Kills)
        {
            if (!_acknowledged.ContainsKey((session.Desk, trip.TripId)))
            {
                SendControl(session, new ControlMessage(trip.TripId, "cancel-all", trip.Scope.ToString(), new Dictionary<string, string>(), trip.RaisedAt));
            }
        }
    }

    private async Task SendControlsAsync(string desk)
    {
        try
        {
            var pending = await _outbox.ReadPendingAsync(ControlMessage.Destination(desk), 100).ConfigureAwait(false);
            foreach (var message in pending)
            {
                var control = JsonSerializer.Deserialize(message.Payload, GateJson.Default.ControlMessage)!;
                if (!control.NeverExpires && Time.GetUtcNow() - control.CreatedAt > _options.ControlExpiry)
                {
                    await _outbox.MarkDeliveredAsync(message.Destination, control.Id, ControlOutcome.Expired).ConfigureAwait(false);
                    continue;
                }

                foreach (var session in _sessions.Values.Where(session => session.Attached && session.Desk == desk))
                {
                    SendControl(session, control);
                }
            }
        }
        catch (JournalUnavailableException unavailable)
        {
            GateLog.ControlsUnreadable(_killSwitch.Log, desk, unavailable);
        }
    }

    private void SendControl(GateSession session, ControlMessage control)
    {
        // What only reduces risk leaves whatever this node may believe of itself; anything else does not.
        // A desk takes what expires only with an echo of its own.
        if ((control.NeverExpires || (session.Echo is not null && _identity.TrustLeft() > TimeSpan.Zero)) && session.IsDue(control.Id, NowMs, _options.ControlResend.TotalMilliseconds))
        {
            var wire = new GateControl(control.Id, session.Echo ?? 0, control.Kind, control.Scope, control.Arguments, _options.ValidForMs, _identity.Epoch());
            session.Send(new GateEvent("control", JsonSerializer.Serialize(wire, GateJson.Default.GateControl)));
        }
    }
}
