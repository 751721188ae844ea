using System.Text.Json.Serialization;

namespace ActorOps.Ops.Supervisors;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SupervisionEvent))]
internal sealed partial class SupervisionJson : JsonSerializerContext;
