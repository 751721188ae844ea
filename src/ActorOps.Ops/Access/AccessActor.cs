using ActorOps.Kernel.Persistence;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Access;

/// <summary>
/// The journalled list of principals, with what they have done to nodes and what they were denied. Grants that two people have agreed to are decided by the kill switch's
/// singleton; each second this one looks for them and adds their principals.
/// </summary>
internal sealed class AccessActor(EventSourcedOptions store, Projection<AccessState, AccessEvent> projection, KillSwitchServices killSwitch) : ProjectedActor<AccessState, AccessEvent>(store, projection)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override async ValueTask Recovered()
    {
        await base.Recovered().ConfigureAwait(false);
        Context.Timers.StartPeriodic("look", new Look(), LookEvery);
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case Look:
                await StoreAsync(AccessDecider.Approved(State, killSwitch.Decisions.State.Changes.Values, Now)).ConfigureAwait(false);
                break;
            case AccessCommand command:
                var (events, reply) = AccessDecider.Decide(State, command, killSwitch.Options.LonePersonGrants, Now);
                await StoreAsync(events).ConfigureAwait(false);
                if (command is not AccessCommand.Deny)
                {
                    Sender.Tell(reply);
                }

                break;
        }
    }

    private async ValueTask StoreAsync(IReadOnlyList<AccessEvent> events)
    {
        if (events.Count > 0)
        {
            await PersistAsync(Guid.CreateVersion7(Now), events).ConfigureAwait(false);
        }
    }

    private sealed record Look;
}
