using System.Text.Json.Serialization;

namespace ActorOps.Ops.Rules;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LimitsEvent))]
internal sealed partial class LimitsJson : JsonSerializerContext;
