using System.Text.Json.Serialization;

namespace ActorOps.Ops.Desks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeskEvent))]
internal sealed partial class DeskJson : JsonSerializerContext;
