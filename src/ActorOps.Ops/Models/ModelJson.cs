using System.Text.Json.Serialization;

namespace ActorOps.Ops.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(ModelVersion))]
internal sealed partial class ModelJson : JsonSerializerContext;
