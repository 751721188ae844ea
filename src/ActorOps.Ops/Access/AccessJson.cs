using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorOps.Ops.Access;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccessEvent))]
[JsonSerializable(typeof(Principal))]
internal sealed partial class AccessJson : JsonSerializerContext
{
    /// <summary>The principal that a change asks for; null when the text is not one.</summary>
    public static Principal? Read(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, Default.Principal);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
