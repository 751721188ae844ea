using System.Text.Json.Serialization;

namespace ActorOps.Ops.Procedures;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProcedureEvent))]
[JsonSerializable(typeof(ProcedureCommand.Start))]
[JsonSerializable(typeof(ProcedureCommand.Keep))]
[JsonSerializable(typeof(ProcedureReply.Accepted))]
[JsonSerializable(typeof(ProcedureReply.Rejected))]
internal sealed partial class ProcedureJson : JsonSerializerContext;
