using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Brings what this node's board holds into the store, without a fence: whoever reaches the store stores what it knows, and
/// the order of the stream sees to it that each is there once. A store that is away costs time, nothing else: it looks again each second.
/// </summary>
internal sealed class TripRecorderActor(IJournal journal, KillSwitchServices services) : Actor
{
    private const int LargestBatch = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

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
                    break;
                case KillSwitchCommand.Reconcile:
                    await ReconcileAsync(IsOurs).ConfigureAwait(false);
                    Sender.Tell(new KillSwitchReply.Reconciled());
                    break;
                case KillSwitchCommand.RaiseAgain again:
                    await ReconcileAsync(static _ => true).ConfigureAwait(false);
                    await RaiseAgainAsync(again).ConfigureAwait(false);
                    Sender.Tell(new KillSwitchReply.Reconciled());
                    break;
                case KillSwitchCommand.CauseEnded ended:
                    await ReconcileAsync(static _ => true).ConfigureAwait(false);
                    if (services.Known is var now && now.Trips.TryGetValue(ended.TripId, out var alerted) && now.CauseOf(alerted, Now) is { IsGood: true })
                    {
                        // Senders say so several times.
                        break;
                    }

                    await AddAsync(ended.TripId, new KillSwitchEvent.CauseEnded(ended.TripId, Now), drill: false).ConfigureAwait(false);
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
        catch (Exception reason) when (reason is JournalUnavailableException or TimeoutException)
        {
            // Whoever asked sees it by the missing answer.
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

    private ValueTask RaiseAgainAsync(KillSwitchCommand.RaiseAgain again) =>
        AddAsync(again.TripId, new KillSwitchEvent.RaisedAgain(again.TripId, again.Request.Principal, again.Request.Person, again.Request.Reason ?? string.Empty, again.Request.Evidence, Now), again.Request.Drill);

    /// <summary>Adds to the story of a stored trip.</summary>
    private async ValueTask AddAsync(Guid tripId, KillSwitchEvent e, bool drill)
    {
        // Also of one that has been cleared meanwhile: whoever asked again has been told that it stands.
        var known = services.Known;
        if (known.Trips.ContainsKey(tripId) || known.Cleared.Contains(tripId))
        {
            while (!await StoreAsync([e], services.Trips.SequenceNumber, drill).ConfigureAwait(false))
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
