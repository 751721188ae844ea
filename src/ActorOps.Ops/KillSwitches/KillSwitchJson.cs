using System.Text.Json.Serialization;

namespace ActorOps.Ops.KillSwitches;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KillSwitchEvent))]
[JsonSerializable(typeof(LatchRecord))]
internal sealed partial class KillSwitchJson : JsonSerializerContext;
