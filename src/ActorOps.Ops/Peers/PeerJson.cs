using System.Text.Json.Serialization;
using ActorOps.Ops.KillSwitches;

namespace ActorOps.Ops.Peers;

/// <summary>JSON of what nodes tell each other besides messages to actors.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Trip))]
[JsonSerializable(typeof(TripExchange))]
[JsonSerializable(typeof(SupervisionReport))]
public sealed partial class PeerJson : JsonSerializerContext;
