using ActorOps.Kernel.Actors;
using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.KillSwitches;

/// <summary>
/// Brings what this node's board holds into the store, without a fence: whoever reaches the store stores what it knows, under the trip's own id, so
/// that it is there once however many do. A store that is away costs time, nothing else: it looks again each second.
/// </summary>
internal sealed class TripRecorderActor(IJournal journal, KillSwitchServices services) : Actor
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(5);

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override ValueTask PreStart()
    {
        Context.Timers.StartPeriodic("reconcile", new KillSwitchCommand.Reconcile(), Interval);
        return default;
    }

    protected override async ValueTask Receive(object message)
    {
        try
        {
            switch (message)
            {
                case KillSwitchCommand.Reconcile:
                    await ReconcileAsync().ConfigureAwait(false);
                    Sender.Tell(new KillSwitchReply.Reconciled());
                    break;
                case KillSwitchCommand.RaiseAgain again:
                    await ReconcileAsync().ConfigureAwait(false);
                    await RaiseAgainAsync(again).ConfigureAwait(false);
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

    private async ValueTask ReconcileAsync()
    {
        // Before the store was read, nothing is known of what it has: everything would be offered again.
        if (!services.WhenReady.IsCompletedSuccessfully)
        {
            return;
        }

        var known = services.Known;
        foreach (var trip in services.Board.Current.Standing.Where(trip => !known.Trips.ContainsKey(trip.TripId)).OrderBy(trip => trip.TripId).ToList())
        {
            await StoreAsync(trip.TripId, new KillSwitchEvent.Tripped(trip), trip.Drill).ConfigureAwait(false);
        }
    }

    private async ValueTask RaiseAgainAsync(KillSwitchCommand.RaiseAgain again)
    {
        if (services.Known.Trips.ContainsKey(again.TripId))
        {
            var request = again.Request;
            await StoreAsync(Guid.CreateVersion7(Now), new KillSwitchEvent.RaisedAgain(again.TripId, request.Principal, request.Person, request.Reason ?? string.Empty, request.Evidence, Now), request.Drill).ConfigureAwait(false);
        }
    }

    /// <summary>The stream has many writers: whoever finds it longer than he thought reads on and tries again.</summary>
    private async ValueTask StoreAsync(Guid id, KillSwitchEvent e, bool drill)
    {
        var trips = services.Trips;
        while (true)
        {
            var request = new AppendRequest(trips.Stream, trips.SequenceNumber, null, id, [trips.Codec.Encode(e)]) { Drill = drill, TraceId = Kernel.Diagnostics.Causality.Current };
            var result = await journal.AppendAsync(request).AsTask().WaitAsync(AnswerWithin, Context.System.TimeProvider).ConfigureAwait(false);
            await trips.CatchUpAsync(journal).ConfigureAwait(false);
            if (result is AppendResult.Appended)
            {
                return;
            }
        }
    }
}
