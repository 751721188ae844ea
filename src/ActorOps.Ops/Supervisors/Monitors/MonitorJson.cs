using System.Text.Json.Serialization;

namespace ActorOps.Ops.Supervisors.Monitors;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(MonitorCheckpoint))]
internal sealed partial class MonitorJson : JsonSerializerContext;
