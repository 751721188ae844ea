using System.Text.Json.Serialization;
using ActorOps.Kernel.Messages;
using ActorOps.Ops.Access;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Escalations;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Supervisors;

namespace ActorOps.Ops.Peers;

/// <summary>Every message of the domain that may travel between nodes. Decisions on risk are not among them: they reach their singleton as the person's own request. A proposal decides nothing.</summary>
public static class OpsMessages
{
    /// <summary>The list.</summary>
    public static IReadOnlyList<WireMessage> All { get; } =
    [
        new("access.add.v1", OpsMessageJson.Default.Add) { HasReply = true },
        new("access.note-node-change.v1", OpsMessageJson.Default.NoteNodeChange) { HasReply = true },
        new("access.deny.v1", OpsMessageJson.Default.Deny),
        new("access.done.v1", OpsMessageJson.Default.Done),
        new("access.rejected.v1", OpsMessageJson.Default.AccessRejected),
        new("changes.propose.v1", OpsMessageJson.Default.Propose) { HasReply = true },
        new("changes.stands.v1", OpsMessageJson.Default.Stands),
        new("changes.rejected.v1", OpsMessageJson.Default.ChangeRejected),
        new("desks.register.v1", OpsMessageJson.Default.Register) { HasReply = true },
        new("desks.registered.v1", OpsMessageJson.Default.Registered),
        new("desks.rejected.v1", OpsMessageJson.Default.DeskRejected),
        new("escalations.raise.v1", OpsMessageJson.Default.Escalation) { HasReply = true },
        new("escalations.recorded.v1", OpsMessageJson.Default.EscalationRecorded),
        new("feeds.switch.v1", OpsMessageJson.Default.Switch),
        new("procedures.start.v1", ProcedureJson.Default.Start) { HasReply = true },
        new("procedures.keep.v1", ProcedureJson.Default.Keep) { HasReply = true },
        new("procedures.accepted.v1", ProcedureJson.Default.Accepted),
        new("procedures.rejected.v1", ProcedureJson.Default.Rejected),
        new("supervision.contribute.v1", OpsMessageJson.Default.ContributeTo) { Key = message => ((ContributeTo)message).Key },
        new("supervision.gap.v1", OpsMessageJson.Default.DeskGap),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccessCommand.Add))]
[JsonSerializable(typeof(AccessCommand.NoteNodeChange))]
[JsonSerializable(typeof(AccessCommand.Deny))]
[JsonSerializable(typeof(AccessReply.Done))]
[JsonSerializable(typeof(AccessReply.Rejected), TypeInfoPropertyName = "AccessRejected")]
[JsonSerializable(typeof(ChangeCommand.Propose))]
[JsonSerializable(typeof(ChangeReply.Stands))]
[JsonSerializable(typeof(ChangeReply.Rejected), TypeInfoPropertyName = "ChangeRejected")]
[JsonSerializable(typeof(DeskCommand.Register))]
[JsonSerializable(typeof(DeskReply.Registered))]
[JsonSerializable(typeof(DeskReply.Rejected), TypeInfoPropertyName = "DeskRejected")]
[JsonSerializable(typeof(Escalation))]
[JsonSerializable(typeof(EscalationRecorded))]
[JsonSerializable(typeof(FeedCommand.Switch))]
[JsonSerializable(typeof(ContributeTo))]
[JsonSerializable(typeof(DeskGap))]
internal sealed partial class OpsMessageJson : JsonSerializerContext;
