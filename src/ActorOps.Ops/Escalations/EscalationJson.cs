using System.Text.Json.Serialization;

namespace ActorOps.Ops.Escalations;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EscalationEvent))]
internal sealed partial class EscalationJson : JsonSerializerContext;
