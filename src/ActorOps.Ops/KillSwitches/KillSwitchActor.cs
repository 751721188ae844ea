using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.KillSwitches;

/// <summary>The journalled singleton: alone decides resets. Trips need it for nothing.</summary>
internal sealed class KillSwitchActor(EventSourcedOptions store, KillSwitchServices services) : ProjectedActor<KillSwitchState, KillSwitchEvent>(store, services.Decisions)
{
    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override async ValueTask ReceiveCommand(object message)
    {
        if (message is not (KillSwitchCommand.RequestReset or KillSwitchCommand.ApproveReset))
        {
            Unhandled(message);
            return;
        }

        // Trips come from everywhere: what is decided on is what the store has now.
        await services.Trips.CatchUpAsync(Journal).ConfigureAwait(false);
        var known = KillSwitchState.Merge(State, services.Trips.State);
        var (events, reply) = message is KillSwitchCommand.ApproveReset approve
            ? KillSwitchDecider.ApproveReset(known, approve, services.Options, NewId, services.Node, Now)
            : KillSwitchDecider.RequestReset(known, (KillSwitchCommand.RequestReset)message, services.Options, NewId(), Now);
        await PersistAsync(NewId(), events).ConfigureAwait(false);
        foreach (var approved in events.OfType<KillSwitchEvent.ResetApproved>())
        {
            KillSwitchLog.ResetApproved(services.Log, approved.ResetId, approved.Principal, string.Join(", ", approved.TripIds));
        }

        Sender.Tell(reply);
    }

    private Guid NewId() => Guid.CreateVersion7(Now);
}
