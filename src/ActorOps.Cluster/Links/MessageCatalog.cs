using System.Text.Json;
using ActorOps.Kernel.Messages;

namespace ActorOps.Cluster.Links;

/// <summary>Every kind of message that may cross a link. What is not on it is refused with an answer, on both sides.</summary>
public sealed class MessageCatalog
{
    private readonly Dictionary<string, WireMessage> _byKind;
    private readonly Dictionary<Type, WireMessage> _byType;

    /// <summary>A catalog of these.</summary>
    /// <exception cref="ArgumentException">Two have the same kind or type.</exception>
    public MessageCatalog(IEnumerable<WireMessage> messages)
    {
        _byKind = messages.ToDictionary(message => message.Kind);
        _byType = _byKind.Values.ToDictionary(message => message.Json.Type);
    }

    /// <summary>The kind of this name; null when there is none.</summary>
    public WireMessage? Find(string kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>The kind of a message; null when it may not travel.</summary>
    public WireMessage? Find(object message) => _byType.GetValueOrDefault(message.GetType());

    /// <summary>The message as it travels.</summary>
    /// <exception cref="LinkException">It may not.</exception>
    public LinkFrame Write(string to, object message, string? trace)
    {
        var kind = Find(message) ?? throw new LinkException("unknown-kind", $"{message.GetType().Name} is not a message between nodes.");
        return new LinkFrame(kind.Kind, to, trace, JsonSerializer.SerializeToElement(message, kind.Json));
    }

    /// <summary>The message in a frame.</summary>
    /// <exception cref="LinkException">Its kind is not known here, or it cannot be read.</exception>
    public object Read(LinkFrame frame)
    {
        var kind = Find(frame.Kind) ?? throw new LinkException("unknown-kind", $"'{frame.Kind}' is not known to this version.");
        try
        {
            return frame.Body.Deserialize(kind.Json) ?? throw new LinkException("unreadable", $"'{frame.Kind}' is empty.");
        }
        catch (JsonException error)
        {
            throw new LinkException("unreadable", $"'{frame.Kind}': {error.Message}");
        }
    }
}
