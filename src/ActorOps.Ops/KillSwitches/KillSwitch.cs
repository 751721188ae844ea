using System.Collections.Concurrent;
using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Access;
using ActorOps.Ops.Peers;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Door to the kill switch. A trip takes effect on the caller's thread: latch, then board (and with it every gate), then all peers and the store, which
/// are waited for only a moment. Nothing in that path needs an actor, a mailbox, a peer or the store.
/// </summary>
public sealed class KillSwitch(KillSwitchServices services, ActorRef recorder, IPeers peers, TimeProvider time)
{
    private static readonly TimeSpan DecisionTimeout = TimeSpan.FromSeconds(10);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, Guid> _byKey = new(StringComparer.Ordinal);

    /// <summary>What stands.</summary>
    public EffectiveStates Current => services.Board.Current;

    /// <summary>
    /// Trips. One that stands already for the same scope, level and source is joined and recorded as raised again. Never throws for what
    /// the disk or the store do: the receipt says how far it got.
    /// </summary>
    public async Task<TripReceipt> TripAsync(TripRequest request)
    {
        var (trip, latched, isNew) = Latch(request);
        var spread = peers.SpreadAsync(trip, TimeSpan.FromMilliseconds(services.Options.AnswerWithinMs));
        if (isNew)
        {
            KillSwitchLog.Tripped(services.Log, trip.TripId, trip.Level.ToWire(), trip.Scope.ToString(), trip.Principal, trip.Source, trip.Reason);
        }
        else
        {
            recorder.Tell(new KillSwitchCommand.RaiseAgain(trip.TripId, request));
        }

        var durable = await StoredAsync().ConfigureAwait(false);
        return new TripReceipt(trip, latched, durable, isNew, await spread.ConfigureAwait(false));
    }

    /// <summary>Asks to clear trips.</summary>
    public Task<KillSwitchReply> RequestResetAsync(Principal by, IReadOnlyList<Guid> tripIds, string reason, string rootCause, string? evidence) =>
        peers.Singleton("kill-switch").Ask<KillSwitchReply>(new KillSwitchCommand.RequestReset(by, tripIds, reason, rootCause, evidence), DecisionTimeout, time);

    /// <summary>Approves a reset.</summary>
    public Task<KillSwitchReply> ApproveResetAsync(Principal by, Guid resetId) =>
        peers.Singleton("kill-switch").Ask<KillSwitchReply>(new KillSwitchCommand.ApproveReset(by, resetId), DecisionTimeout, time);

    /// <summary>Requests that wait for another person, oldest first. From memory: it must be there while the store is not.</summary>
    public IReadOnlyList<ResetRequest> OpenResets => [.. services.Resets.Where(reset => reset.ExpiresAt > time.GetUtcNow()).OrderBy(reset => reset.RequestedAt)];

    private (Trip Trip, bool Latched, bool IsNew) Latch(TripRequest request)
    {
        lock (_lock)
        {
            if (Standing(request) is { } standing)
            {
                return (standing, services.Latch.TryAppend(standing), false);
            }

            var now = time.GetUtcNow();
            var trip = new Trip(
                Guid.CreateVersion7(now),
                request.Level,
                request.Scope,
                SafeText.Clean(request.Source, 100),
                SafeText.Clean(request.Reason, 1000),
                SafeText.Clean(request.Principal, 100),
                SafeText.Clean(request.Person, 100),
                services.Node,
                now)
            {
                Cause = request.Cause is null ? null : SafeText.Clean(request.Cause, 500),
                Evidence = request.Evidence is null ? null : SafeText.Clean(request.Evidence, 2000),
                Drill = request.Drill,
                MaxPositionFraction = request.MaxPositionFraction,
            };
            if (request.IdempotencyKey is { } key)
            {
                _byKey[key] = trip.TripId;
            }

            var latched = services.Latch.TryAppend(trip);
            services.Board.Add(trip);
            return (trip, latched, true);
        }
    }

    /// <summary>A stored answer is worth something only while its trip stands.</summary>
    private Trip? Standing(TripRequest request)
    {
        var current = services.Board.Current;
        if (request.IdempotencyKey is { } key && _byKey.TryGetValue(key, out var id) && current.Find(id) is { } same && Matches(same, request))
        {
            return same;
        }

        return current.Standing.FirstOrDefault(trip => Matches(trip, request));
    }

    private static bool Matches(Trip trip, TripRequest request) =>
        trip.Level == request.Level && trip.Scope == request.Scope && trip.Source == request.Source && Nullable.Equals(trip.MaxPositionFraction, request.MaxPositionFraction);

    private async Task<bool> StoredAsync()
    {
        try
        {
            await recorder.Ask<KillSwitchReply.Reconciled>(new KillSwitchCommand.Reconcile(), TimeSpan.FromMilliseconds(services.Options.AnswerWithinMs), time).ConfigureAwait(false);
            return true;
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
        {
            return false;
        }
    }
}
