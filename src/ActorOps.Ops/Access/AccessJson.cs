using System.Text.Json.Serialization;

namespace ActorOps.Ops.Access;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccessEvent))]
internal sealed partial class AccessJson : JsonSerializerContext;
