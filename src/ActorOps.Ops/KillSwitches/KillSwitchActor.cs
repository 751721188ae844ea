using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.KillSwitches;

/// <summary>The journalled singleton: stores trips that the board has taken already, and alone decides resets.</summary>
internal sealed class KillSwitchActor(EventSourcedOptions store, KillSwitchServices services)
    : EventSourcedActor<KillSwitchState, KillSwitchEvent>(store, new JsonEventCodec<KillSwitchEvent>(KillSwitchJson.Default.KillSwitchEvent))
{
    private static readonly TimeSpan ReconcileInterval = TimeSpan.FromSeconds(1);

    protected override string StreamId => "kill-switch";

    protected override KillSwitchState InitialState => new();

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override KillSwitchState Apply(KillSwitchState state, KillSwitchEvent e) => KillSwitchState.Apply(state, e);

    /// <summary>Merges both ways: the board learns what the journal has, the journal what the latch had.</summary>
    protected override async ValueTask Recovered()
    {
        Context.Timers.StartPeriodic("reconcile", new KillSwitchCommand.Reconcile(), ReconcileInterval);
        foreach (var trip in services.Board.Merge(State.Trips.Values, State.Cleared))
        {
            services.Latch.TryAppend(trip);
        }

        services.Resets = [.. State.Resets.Values];
        await ReconcileAsync().ConfigureAwait(false);
        services.SetReady();
    }

    protected override ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case KillSwitchCommand.Reconcile:
                return ReconcileAndReplyAsync();
            case KillSwitchCommand.RaiseAgain again:
                return RaiseAgainAsync(again);
            case KillSwitchCommand.RequestReset request:
                return DecideAsync(KillSwitchDecider.RequestReset(State, request, services.Options, NewId(), Now));
            case KillSwitchCommand.ApproveReset approve:
                return DecideAsync(KillSwitchDecider.ApproveReset(State, approve, services.Options, NewId, services.Node, Now));
            default:
                Unhandled(message);
                return default;
        }
    }

    private Guid NewId() => Guid.CreateVersion7(Now);

    private async ValueTask ReconcileAndReplyAsync()
    {
        await ReconcileAsync().ConfigureAwait(false);
        Sender.Tell(new KillSwitchReply.Reconciled());
    }

    private async ValueTask ReconcileAsync()
    {
        foreach (var trip in services.Board.Current.Standing.Where(trip => !State.Trips.ContainsKey(trip.TripId)).ToList())
        {
            await PersistAsync(trip.TripId, [new KillSwitchEvent.Tripped(trip)], drill: trip.Drill).ConfigureAwait(false);
        }
    }

    private async ValueTask RaiseAgainAsync(KillSwitchCommand.RaiseAgain again)
    {
        await ReconcileAsync().ConfigureAwait(false);
        if (State.Trips.ContainsKey(again.TripId))
        {
            var request = again.Request;
            await PersistAsync(NewId(), [new KillSwitchEvent.RaisedAgain(again.TripId, request.Principal, request.Person, request.Reason ?? string.Empty, request.Evidence, Now)]).ConfigureAwait(false);
        }
    }

    private async ValueTask DecideAsync((IReadOnlyList<KillSwitchEvent> Events, KillSwitchReply Reply) decision)
    {
        await PersistAsync(NewId(), decision.Events).ConfigureAwait(false);
        services.Resets = [.. State.Resets.Values];
        foreach (var approved in decision.Events.OfType<KillSwitchEvent.ResetApproved>())
        {
            var cleared = approved.TripIds.Select(id => services.Board.Current.Find(id)).OfType<Trip>().ToList();
            foreach (var recovery in approved.Recoveries)
            {
                services.Latch.TryAppend(recovery);
            }

            services.Latch.TryAppendCleared([.. approved.TripIds]);
            services.Board.Clear(approved.TripIds, approved.Recoveries);
            KillSwitchLog.ResetApproved(services.Log, approved.ResetId, approved.Principal, string.Join(", ", approved.TripIds));
            Context.System.EventStream.Publish(new TripsCleared(cleared));
        }

        Sender.Tell(decision.Reply);
    }
}
