using System.Security.Cryptography;
using System.Text;
using ActorOps.Kernel.Persistence;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Desks;

/// <summary>The journalled registry of desks. What a registration loosens is only proposed, and comes into force when two people have agreed.</summary>
internal sealed class DeskRegistryActor(EventSourcedOptions store, Projection<DeskRegistryState, DeskEvent> projection, KillSwitchBoard board, Func<DeskProposal, bool> isApproved)
    : ProjectedActor<DeskRegistryState, DeskEvent>(store, projection)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override async ValueTask Recovered()
    {
        await base.Recovered().ConfigureAwait(false);
        Context.Timers.StartPeriodic("tick", new Tick(), Interval);
    }

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case DeskCommand.Register register:
                Sender.Tell(await RegisterAsync(register).ConfigureAwait(false));
                break;
            case Tick:
                foreach (var proposal in State.Proposals.Values.Where(isApproved).Where(proposal => Obstacle(proposal.Desk) is null).ToList())
                {
                    await PersistAsync(NewId(), [new DeskEvent.DeskRegistered(proposal.Desk, "two people") { At = Now, Approved = proposal.Hash }]).ConfigureAwait(false);
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private async ValueTask<DeskReply> RegisterAsync(DeskCommand.Register register)
    {
        if (Obstacle(register.Desk) is { } obstacle)
        {
            return obstacle;
        }

        var id = register.Desk.Id;
        var before = State.Desks.GetValueOrDefault(id);
        var isConfigured = State.Configured.Contains(id);
        var standing = new DeskStanding(State.Aums, Now, isConfigured && !register.IsConfiguration, before is not null && TrippedScopes.IsTripped(before, Tripped()));
        var change = DeskChangeDecider.Decide(before, register.Desk, standing);
        List<DeskEvent> events = [];
        if (!Same(before, change.Effective) || (register.IsConfiguration && !isConfigured))
        {
            events.Add(new DeskEvent.DeskRegistered(change.Effective, register.By) { At = Now, IsConfigured = register.IsConfiguration });
        }

        var known = State.Proposals.GetValueOrDefault(id);
        var proposal = change.Waiting.Count == 0 ? null : Propose(register.Desk, change.Waiting, known);
        if (proposal is not null && proposal != known)
        {
            events.Add(new DeskEvent.DeskChangeProposed(proposal, register.By));
        }
        else if (proposal is null && known is not null && Same(before, register.Desk))
        {
            events.Add(new DeskEvent.DeskProposalWithdrawn(id, register.By, Now));
        }

        await PersistAsync(NewId(), events).ConfigureAwait(false);
        return new DeskReply.Registered(change.Effective, SequenceNumber) { Waiting = proposal };
    }

    /// <summary>Asked for again, it is the same proposal: who has approved it has not done so in vain.</summary>
    private DeskProposal Propose(Desk wanted, IReadOnlyList<string> waiting, DeskProposal? known)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DeskOrder.Text(wanted))));
        return known?.Hash == hash ? known : new DeskProposal(wanted, hash, [.. waiting.Take(MostChanges)], Now);
    }

    private const int MostChanges = 100;

    private DeskReply.Rejected? Obstacle(Desk desk)
    {
        var errors = DeskValidation.Errors(desk);
        if (errors.Count > 0)
        {
            return new("bad-desk", string.Join("; ", errors));
        }

        var conflicts = DeskValidation.Conflicts(desk, State.Desks.Values);
        if (conflicts.Count > 0)
        {
            return new("target-taken", string.Join("; ", conflicts));
        }

        // Whatever leaves a tripped scope would trade without the trip.
        return State.Desks.TryGetValue(desk.Id, out var before) && TrippedScopes.Left(before, desk, Tripped()) is { } left
            ? new("scope-tripped", $"{left}; reset the trip first: actorops kill reset")
            : null;
    }

    private HashSet<Scopes.Scope> Tripped() => [.. board.Current.Trips.Select(trip => trip.Scope)];

    private Guid NewId() => Guid.CreateVersion7(Now);

    private static bool Same(Desk? a, Desk b) => a is not null && DeskOrder.Same(a, b);

    private sealed record Tick;
}
