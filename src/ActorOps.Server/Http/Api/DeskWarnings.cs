using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;

namespace ActorOps.Server.Http.Api;

/// <summary>What a hello's answer says of what is not in force yet.</summary>
internal static class DeskWarnings
{
    public static IReadOnlyList<WarningView>? Of(DeskReply.Registered? registered) => registered?.Waiting is not { } waiting ? null :
    [
        .. waiting.Changes.Select(change => new WarningView("waits-for-approval", change)),
        new("waits-for-approval", registered.ChangeId is { } id
            ? $"until two people have approved it, the targets in this answer are in force: actorops change show {id}"
            : "it could not be put before two people now; the next hello asks again, and until then the targets in this answer are in force"),
    ];
}
