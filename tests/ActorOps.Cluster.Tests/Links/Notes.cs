using System.Text.Json.Serialization;
using ActorOps.Cluster.Links;
using ActorOps.Kernel.Messages;

namespace ActorOps.Cluster.Tests.Links;

internal sealed record Note(int Number);

internal sealed record Latest(string Of, int Value);

internal sealed record Question(string Text);

internal sealed record Answer(string Text);

internal sealed record Unlisted;

[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Latest))]
[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class NoteJson : JsonSerializerContext
{
    public static MessageCatalog Catalog => NoteCatalog.Instance;
}

internal static class NoteCatalog
{
    public static MessageCatalog Instance { get; } = new(
    [
        new WireMessage("note.v1", NoteJson.Default.Note),
        new WireMessage("latest.v1", NoteJson.Default.Latest) { Key = message => ((Latest)message).Of },
        new WireMessage("question.v1", NoteJson.Default.Question) { HasReply = true },
        new WireMessage("answer.v1", NoteJson.Default.Answer),
    ]);
}
