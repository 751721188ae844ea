using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Brings what this node's board holds into the store, without a fence: each node that reaches the store stores what it knows, and
/// the order of the stream sees to it that each is there once. A store that is away costs time, nothing else: it looks again each second.
/// </summary>
internal sealed class TripRecorderActor(IJournal journal, KillSwitchServices services) : Actor
{
    private const int LargestBatch = 100;
    private const int MostAskers = 10_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private readonly RaisedAgainQueue _repeats = new();
    private readonly Dictionary<Guid, bool> _isDrill = [];
    private readonly List<(Guid TripId, ActorRef Asker)> _askers = [];

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override ValueTask PreStart()
    {
        Context.Timers.StartPeriodic("tick", new Tick(), Interval);
        return default;
    }

    protected override async ValueTask Receive(object message)
    {
        try
        {
            switch (message)
            {
                case Tick:
                    await ReconcileAsync(static _ => true).ConfigureAwait(false);
                    await StoreRepeatsAsync().ConfigureAwait(false);
                    _repeats.Forget(Now);
                    break;
                case KillSwitchCommand.Reconcile:
                    await ReconcileAsync(IsOurs).ConfigureAwait(false);
                    Sender.Tell(new KillSwitchReply.Reconciled());
                    break;
                case KillSwitchCommand.RaiseAgain again:
                    Keep(again);
                    await ReconcileAsync(static _ => true).ConfigureAwait(false);
                    await StoreRepeatsAsync().ConfigureAwait(false);
                    break;
                case KillSwitchCommand.AlertEnded ended:
                    await ReconcileAsync(static _ => true).ConfigureAwait(false);
                    await StoreRepeatsAsync().ConfigureAwait(false);
                    await EndAsync(ended).ConfigureAwait(false);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
        catch (Exception reason) when (reason is JournalUnavailableException or TimeoutException)
        {
            // The asker sees it by the missing answer.
            KillSwitchLog.NotStored(services.Log, reason.Message);
        }
    }

    /// <summary>At once only what was tripped here: each of the others does the same, and what one of them could not do follows with the next tick.</summary>
    private bool IsOurs(Trip trip) => trip.Node == services.Node;

    private async ValueTask ReconcileAsync(Func<Trip, bool> which)
    {
        // Before the store was read, nothing is known of what it has: everything would be offered again.
        while (services.WhenReady.IsCompletedSuccessfully)
        {
            // State and number of one moment: the projection may move on meanwhile, and then the append must find out.
            var (stored, sequenceNumber) = services.Trips.Current;
            var known = KillSwitchState.Merge(services.Decisions.State, stored);
            var missing = services.Board.Current.Standing.Where(trip => which(trip) && !known.Trips.ContainsKey(trip.TripId)).OrderBy(trip => trip.TripId).ToList();
            if (missing.Count == 0)
            {
                return;
            }

            var isDrill = missing[0].Drill;
            await StoreAsync([.. missing.Where(trip => trip.Drill == isDrill).Take(LargestBatch).Select(trip => new KillSwitchEvent.Tripped(trip))], sequenceNumber, isDrill).ConfigureAwait(false);
        }
    }

    private void Keep(KillSwitchCommand.RaiseAgain again)
    {
        var request = again.Request;
        _repeats.Add(new KillSwitchEvent.RaisedAgain(again.TripId, SafeText.Clean(request.Principal, 100), SafeText.Clean(request.Person, 100), SafeText.Clean(request.Reason, 1000), request.Evidence is null ? null : SafeText.Clean(request.Evidence, 2000), Now)
        {
            Origin = request.Origin,
            Source = SafeText.Clean(request.Source, 100),
            Cause = request.Cause is null ? null : SafeText.Clean(request.Cause, 500),
            Rule = request.Rule,
            Alert = request.Alert,
        });
        _isDrill[again.TripId] = request.Drill;
        if (_askers.Count < MostAskers)
        {
            _askers.Add((again.TripId, Sender));
        }
    }

    /// <summary>Those who asked are answered when their repeat is stored; who does not wait that long sees that it is not yet.</summary>
    private async ValueTask StoreRepeatsAsync()
    {
        foreach (var repeats in _repeats.Due(Now).GroupBy(repeat => repeat.TripId))
        {
            if (services.Known is var known && !known.Trips.ContainsKey(repeats.Key) && !known.Cleared.Contains(repeats.Key))
            {
                // Its trip is not stored yet: one after the other.
                continue;
            }

            await AddAsync(repeats.Key, [.. repeats], _isDrill.GetValueOrDefault(repeats.Key)).ConfigureAwait(false);
            _repeats.Stored(repeats.Key, Now);
            _isDrill.Remove(repeats.Key);
            foreach (var (_, asker) in _askers.Where(asker => asker.TripId == repeats.Key))
            {
                asker.Tell(new KillSwitchReply.Reconciled());
            }

            _askers.RemoveAll(asker => asker.TripId == repeats.Key);
        }
    }

    private async ValueTask EndAsync(KillSwitchCommand.AlertEnded ended)
    {
        var known = services.Known;

        // Senders say so several times.
        foreach (var trip in known.Trips.Values.Where(trip => trip.Principal == ended.Principal
            && known.CausesOf(trip).Exists(cause => cause.Alert == ended.Alert && !(cause.EndedAt >= cause.LastAt))))
        {
            await AddAsync(trip.TripId, [new KillSwitchEvent.CauseEnded(trip.TripId, Now) { Alert = ended.Alert }], drill: false).ConfigureAwait(false);
        }
    }

    /// <summary>Adds to the story of a stored trip.</summary>
    private async ValueTask AddAsync(Guid tripId, IReadOnlyList<KillSwitchEvent> events, bool drill)
    {
        // Also of one that has been cleared meanwhile: who asked again has been told that it stands.
        var known = services.Known;
        if (known.Trips.ContainsKey(tripId) || known.Cleared.Contains(tripId))
        {
            while (!await StoreAsync(events, services.Trips.SequenceNumber, drill).ConfigureAwait(false))
            {
            }
        }
    }

    /// <summary>
    /// False when the stream was longer than thought: it has many writers, and what it has got may be among these. It cannot have them twice: an append whose
    /// answer was lost has either made the stream longer, which the next one runs into, or never will.
    /// </summary>
    private async ValueTask<bool> StoreAsync(IReadOnlyList<KillSwitchEvent> events, long afterSequenceNumber, bool drill)
    {
        var trips = services.Trips;
        var request = new AppendRequest(trips.Stream, afterSequenceNumber, null, Guid.CreateVersion7(Now), [.. events.Select(trips.Codec.Encode)]) { Drill = drill, TraceId = Kernel.Diagnostics.Causality.Current };
        var result = await journal.AppendAsync(request).AsTask().WaitAsync(AnswerWithin, Context.System.TimeProvider).ConfigureAwait(false);
        await trips.CatchUpAsync(journal).ConfigureAwait(false);
        return result is AppendResult.Appended;
    }

    private sealed record Tick;
}
