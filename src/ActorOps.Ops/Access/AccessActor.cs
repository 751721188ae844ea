using ActorOps.Kernel.Persistence;

namespace ActorOps.Ops.Access;

/// <summary>The journalled list of principals, with what they have done to nodes and what they were denied.</summary>
internal sealed class AccessActor(EventSourcedOptions store, Projection<AccessState, AccessEvent> projection) : ProjectedActor<AccessState, AccessEvent>(store, projection)
{
    private const int MostDenialsPerSecond = 10;
    private int _denials;
    private long _second;

    private DateTimeOffset Now => Context.System.TimeProvider.GetUtcNow();

    protected override async ValueTask ReceiveCommand(object message)
    {
        switch (message)
        {
            case AccessCommand.Add add when ReservedNames.Contains(add.Principal.Name):
                Sender.Tell(new AccessReply.Rejected("name-reserved", $"'{add.Principal.Name}' is a name that the nodes themselves act under; choose another"));
                break;
            case AccessCommand.Add add when State.Principals.ContainsKey(add.Principal.Name):
                Sender.Tell(new AccessReply.Rejected("name-taken", $"there is a principal '{add.Principal.Name}' already; revoke it first"));
                break;
            case AccessCommand.Add add:
                await StoreAsync(new AccessEvent.PrincipalAdded(add.Principal with { ChangedAt = Now }, add.By)).ConfigureAwait(false);
                break;
            case AccessCommand.Revoke revoke when !State.Principals.ContainsKey(revoke.Name):
                Sender.Tell(new AccessReply.Rejected("unknown-principal", $"there is no principal '{revoke.Name}'"));
                break;
            case AccessCommand.Revoke revoke:
                await StoreAsync(new AccessEvent.PrincipalRevoked(revoke.Name, revoke.By, Now)).ConfigureAwait(false);
                break;
            case AccessCommand.EnrollCode enroll when State.Principals.GetValueOrDefault(enroll.Name) is not { CodeSecret: null }:
                Sender.Tell(new AccessReply.Rejected("code-enrolled", $"{enroll.Name} has one-time codes already; who has lost them gets a new principal from an admin"));
                break;
            case AccessCommand.EnrollCode enroll:
                await StoreAsync(new AccessEvent.CodeEnrolled(enroll.Name, enroll.SealedSecret, Now)).ConfigureAwait(false);
                break;
            case AccessCommand.NoteNodeChange note when State.NodeChanges.Contains(note.Id):
                Sender.Tell(new AccessReply.Done());
                break;
            case AccessCommand.NoteNodeChange note:
                await StoreAsync(new AccessEvent.NodeChanged(note.Id, note.Node, note.Action, note.By, note.Person, note.Reason, Now)).ConfigureAwait(false);
                break;
            case AccessCommand.Deny deny when MayRecordDenial():
                await PersistAsync(Guid.CreateVersion7(Now), [new AccessEvent.AttemptDenied(deny.Principal, deny.What, deny.Why, deny.Address, Now)]).ConfigureAwait(false);
                break;
        }
    }

    private async ValueTask StoreAsync(AccessEvent e)
    {
        await PersistAsync(Guid.CreateVersion7(Now), [e]).ConfigureAwait(false);
        Sender.Tell(new AccessReply.Done());
    }

    private bool MayRecordDenial()
    {
        var second = Now.ToUnixTimeSeconds();
        (_second, _denials) = (second, second == _second ? _denials + 1 : 1);
        return _denials <= MostDenialsPerSecond;
    }
}
