using System.Text.Json.Serialization.Metadata;

namespace ActorOps.Kernel.Messages;

/// <summary>A kind of message that may travel between nodes. What is not on this list does not.</summary>
/// <param name="Kind">Its name on the wire, with its version: <c>desks.register.v1</c>. A change that older nodes cannot read is another kind.</param>
/// <param name="Json">How it is written.</param>
public sealed record WireMessage(string Kind, JsonTypeInfo Json)
{
    /// <summary>True: its sender waits for one reply, which travels back. False (default): nothing comes back.</summary>
    public bool HasReply { get; init; }

    /// <summary>
    /// Messages of one key replace one another while they wait to be sent: only the latest counts. Null (default): each counts.
    /// </summary>
    public Func<object, string>? Key { get; init; }
}
