using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ActorOps.Kernel.Persistence;

/// <summary>
/// Events to JSON text and back. <typeparamref name="TEvent"/> is a closed family whose members carry
/// <see cref="System.Text.Json.Serialization.JsonDerivedTypeAttribute"/> with their wire names.
/// </summary>
public sealed class JsonEventCodec<TEvent>
    where TEvent : class
{
    private readonly JsonTypeInfo<TEvent> _type;
    private readonly Dictionary<Type, string> _kinds;
    private readonly HashSet<string> _known;

    /// <summary>A codec for the family that <paramref name="type"/> describes.</summary>
    /// <exception cref="ArgumentException">The family has no wire names.</exception>
    public JsonEventCodec(JsonTypeInfo<TEvent> type)
    {
        var derived = type.PolymorphismOptions?.DerivedTypes ?? throw new ArgumentException($"{typeof(TEvent).Name} names no derived types.", nameof(type));
        _type = type;
        _kinds = derived.ToDictionary(d => d.DerivedType, d => (string)d.TypeDiscriminator!);
        _known = [.. _kinds.Values];
    }

    /// <summary>Wire names of the family.</summary>
    public IReadOnlyCollection<string> Kinds => _known;

    /// <summary>An event as an entry.</summary>
    public JournalEntry Encode(TEvent e) => new(_kinds[e.GetType()], JsonSerializer.Serialize(e, _type));

    /// <summary>A record as an event.</summary>
    /// <exception cref="UnknownEventException">Its kind is none of the family.</exception>
    public TEvent Decode(string kind, string payload)
    {
        if (!_known.Contains(kind))
        {
            throw new UnknownEventException(kind);
        }

        return JsonSerializer.Deserialize(payload, _type) ?? throw new UnknownEventException(kind);
    }
}
