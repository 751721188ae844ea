using System.Buffers.Binary;
using System.Collections.Concurrent;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Resets;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Door to the kill switch. A trip takes effect on the caller's thread: latch, then board (and with it every gate), then all peers and the store, which
/// are waited for only a moment. Nothing in that path needs an actor, a mailbox, a peer or the store, nor a disk that answers: a stuck one is waited for
/// 10 ms, then the gates close without it.
/// </summary>
public sealed class KillSwitch(KillSwitchServices services, ActorRef recorder, IPeers peers, TimeProvider time)
{
    private const int MostKeys = 10_000;
    private static readonly TimeSpan DecisionTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LatchFirst = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LatchAtMost = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Guid> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Trip> _latching = [];

    /// <summary>What stands.</summary>
    public EffectiveStates Current => services.Board.Current;

    /// <summary>
    /// Trips. One that stands already for the same scope, level and principal is joined and recorded as raised again. Never throws for what
    /// the disk or the store do: the receipt says how far it got.
    /// </summary>
    public async Task<TripReceipt> TripAsync(TripRequest request)
    {
        var (trip, latching, isNew) = Close(request);
        var spread = peers.SpreadAsync(trip, TimeSpan.FromMilliseconds(services.Options.AnswerWithinMs));
        if (isNew)
        {
            KillSwitchLog.Tripped(services.Log, trip.TripId, TripText.Word(trip), trip.Scope.ToString(), trip.Principal, trip.Source, trip.Reason.Length > 0 ? trip.Reason : "no reason given");
        }

        // One that was asked for again is stored when that is stored: a reset may be on its way that covers what was asked for before.
        var isAgain = !isNew && trip.TripId != request.TripId;
        var durable = await StoredAsync(isAgain ? new KillSwitchCommand.RaiseAgain(trip.TripId, request) : new KillSwitchCommand.Reconcile()).ConfigureAwait(false);
        return new TripReceipt(trip, await LatchedAsync(latching).ConfigureAwait(false), durable, isNew, await spread.ConfigureAwait(false));
    }

    /// <summary>An alert has ended, says the principal that had sent it; the trips stand. Another principal's alerts are not touched. The ids of its trips.</summary>
    public IReadOnlyList<Guid> AlertEnded(string principal, string fingerprint)
    {
        var known = services.Known;
        recorder.Tell(new KillSwitchCommand.AlertEnded(principal, fingerprint));
        return [.. services.Board.Current.Standing.Where(trip => trip.Principal == principal && known.CausesOf(trip).Exists(cause => cause.Alert == fingerprint)).Select(trip => trip.TripId)];
    }

    /// <summary>What is behind each standing trip that is stored, the first cause first.</summary>
    public IReadOnlyDictionary<Guid, System.Collections.Immutable.ImmutableList<TripCause>> Causes => services.Known.Causes;

    /// <summary>Asks to clear trips.</summary>
    public Task<KillSwitchReply> RequestResetAsync(Principal by, IReadOnlyList<Guid> tripIds, string reason, string rootCause, string? evidence, ShadowRun? shadow = null) =>
        AskAsync<KillSwitchReply>(new KillSwitchCommand.RequestReset(by, tripIds, reason, rootCause, evidence) { Shadow = shadow });

    /// <summary>The checklist of a reset as it is now.</summary>
    public Task<KillSwitchReply> JudgeResetAsync(Guid resetId) => AskAsync<KillSwitchReply>(new KillSwitchCommand.Judge(resetId));

    /// <summary>Vouches for an item of a reset's checklist.</summary>
    public Task<KillSwitchReply> SignResetAsync(Principal by, Guid resetId, string item, string statement) => AskAsync<KillSwitchReply>(new KillSwitchCommand.Sign(by, resetId, item, statement));

    /// <summary>Approves a reset.</summary>
    public Task<KillSwitchReply> ApproveResetAsync(Approval approval, Guid resetId) => AskAsync<KillSwitchReply>(new KillSwitchCommand.ApproveReset(approval, resetId));

    /// <summary>Says why, after the fact.</summary>
    public Task<KillSwitchReply> GiveReasonAsync(Principal by, Guid tripId, string reason) => AskAsync<KillSwitchReply>(new KillSwitchCommand.GiveReason(by, tripId, reason));

    /// <summary>Asks for a change that adds risk.</summary>
    public Task<ChangeReply> RequestChangeAsync(Principal by, string kind, string subject, string summary, string? argument, string reason, TimeSpan? life) =>
        AskAsync<ChangeReply>(new ChangeCommand.Request(by, kind, subject, summary, argument, reason, life));

    /// <summary>Puts what a desk's registration loosens before two people.</summary>
    internal Task<ChangeReply> ProposeDeskAsync(string desk, string hash, string summary, string principal, string person) =>
        AskAsync<ChangeReply>(new ChangeCommand.Propose(desk, hash, summary, principal, person));

    /// <summary>Approves one.</summary>
    public Task<ChangeReply> ApproveChangeAsync(Approval approval, Guid changeId) => AskAsync<ChangeReply>(new ChangeCommand.Approve(approval, changeId));

    /// <summary>Ends one.</summary>
    public Task<ChangeReply> EndChangeAsync(Principal by, Guid changeId, string reason) => AskAsync<ChangeReply>(new ChangeCommand.End(by, changeId, reason));

    /// <summary>Changes that are asked for or in force, oldest first.</summary>
    public IReadOnlyList<ChangeRequest> Changes => [.. services.Decisions.State.Changes.Values.OrderBy(change => change.ChangeId)];

    /// <summary>Why a trip was raised: as it was said then, or afterwards.</summary>
    public string ReasonOf(Trip trip) => services.Decisions.State.Reasons.TryGetValue(trip.TripId, out var reason) ? reason : trip.Reason;

    /// <summary>Requests that wait for another person, oldest first. From memory: it must be there while the store is not.</summary>
    public IReadOnlyList<ResetRequest> OpenResets => [.. services.Resets.Where(reset => reset.ExpiresAt > time.GetUtcNow() && !services.IsVoid(reset) && reset.TripIds.All(trip => Current.Find(trip) is not null)).OrderBy(reset => reset.RequestedAt)];

    private Task<T> AskAsync<T>(object command) => peers.Singleton("kill-switch").Ask<T>(command, DecisionTimeout, time);

    /// <summary>Latch and gates; the gates are closed when this returns.</summary>
    private (Trip Trip, Task<bool> Latching, bool IsNew) Close(TripRequest request)
    {
        var (trip, latching, isNew) = Begin(request);

        // On this thread: a pool that has none free must not be in the way.
        latching.Wait(LatchFirst);
        services.Board.Add(trip);
        lock (_lock)
        {
            _latching.Remove(trip.TripId);
        }

        return (trip, latching, isNew);
    }

    private (Trip Trip, Task<bool> Latching, bool IsNew) Begin(TripRequest request)
    {
        lock (_lock)
        {
            if (Standing(request) is { } standing)
            {
                return (standing, services.Latch.AppendAsync(standing), false);
            }

            var now = time.GetUtcNow();
            var trip = new Trip(
                request.TripId is { } asked && IsUsable(asked, now) && !Current.Cleared.Contains(asked) && Current.Find(asked) is null && !_latching.ContainsKey(asked) ? asked : Guid.CreateVersion7(now),
                request.Level,
                request.Scope,
                SafeText.Clean(request.Source, 100),
                SafeText.Clean(request.Reason, 1000),
                SafeText.Clean(request.Principal, 100),
                SafeText.Clean(request.Person, 100),
                services.Node,
                now)
            {
                Origin = request.Origin,
                Rule = request.Rule,
                Alert = request.Alert,
                Cause = request.Cause is null ? null : SafeText.Clean(request.Cause, 500),
                Evidence = request.Evidence is null ? null : SafeText.Clean(request.Evidence, 2000),
                Drill = request.Drill,
                MaxPositionFraction = request.MaxPositionFraction,
                SizeFactor = request.SizeFactor,
            };
            if (request.IdempotencyKey is { } key)
            {
                Remember(key, trip.TripId);
            }

            _latching[trip.TripId] = trip;
            return (trip, services.Latch.AppendAsync(trip), true);
        }
    }

    /// <summary>A key is worth something while its trip stands: what was reset makes room.</summary>
    private void Remember(string key, Guid trip)
    {
        if (_byKey.Count >= MostKeys)
        {
            foreach (var (old, id) in _byKey)
            {
                if (Current.Find(id) is null && !_latching.ContainsKey(id))
                {
                    _byKey.TryRemove(old, out _);
                }
            }
        }

        _byKey[key] = trip;
    }

    /// <summary>Ids sort by time: one that a caller has made is of about now.</summary>
    private static bool IsUsable(Guid asked, DateTimeOffset now) =>
        asked.Version == 7 && Math.Abs((BinaryPrimitives.ReadInt64BigEndian(asked.ToByteArray(bigEndian: true)) >>> 16) - now.ToUnixTimeMilliseconds()) < (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>What the answer says of the latch. It is waited for, but not forever: a stuck disk has written nothing.</summary>
    private async Task<bool> LatchedAsync(Task<bool> latching) =>
        (latching.IsCompleted || await Task.WhenAny(latching, Task.Delay(LatchAtMost, time)).ConfigureAwait(false) == latching) && await latching.ConfigureAwait(false);

    /// <summary>A stored answer is worth something only while its trip stands.</summary>
    private Trip? Standing(TripRequest request)
    {
        var current = services.Board.Current;
        if (request.IdempotencyKey is { } key && _byKey.TryGetValue(key, out var id) && (current.Find(id) ?? _latching.GetValueOrDefault(id)) is { } same && Matches(same, request))
        {
            return same;
        }

        return request.TripId is { } asked && (current.Find(asked) ?? _latching.GetValueOrDefault(asked)) is { } told && IsSame(told, request) ? told
            : current.Standing.Concat(_latching.Values).FirstOrDefault(trip => Matches(trip, request));
    }

    /// <summary>Trips join by scope, level and principal. A step of the way back is never joined: it lifts by itself.</summary>
    private static bool Matches(Trip trip, TripRequest request) =>
        trip.Level == request.Level && trip.Scope == request.Scope && trip.Principal == SafeText.Clean(request.Principal, 100) && trip.Drill == request.Drill
        && trip.Origin != TripOrigin.Recovery && trip.Origin.IsOfSystem() == request.Origin.IsOfSystem()
        && Nullable.Equals(trip.MaxPositionFraction, request.MaxPositionFraction) && Nullable.Equals(trip.SizeFactor, request.SizeFactor);

    /// <summary>A caller that tells one trip by several ways, such as HTTP and the kill socket, gives it one id: which way came first does not matter.</summary>
    private static bool IsSame(Trip trip, TripRequest request) => trip.Origin != TripOrigin.Recovery &&
        trip.Level == request.Level && trip.Scope == request.Scope && trip.Drill == request.Drill && Nullable.Equals(trip.MaxPositionFraction, request.MaxPositionFraction) && Nullable.Equals(trip.SizeFactor, request.SizeFactor);

    private async Task<bool> StoredAsync(KillSwitchCommand command)
    {
        try
        {
            await recorder.Ask<KillSwitchReply.Reconciled>(command, TimeSpan.FromMilliseconds(services.Options.AnswerWithinMs), time).ConfigureAwait(false);
            return true;
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
        {
            return false;
        }
    }
}
