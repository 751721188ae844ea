using System.Text.Json.Serialization;

namespace ActorOps.Ops.Feeds;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FeedEvent))]
internal sealed partial class FeedJson : JsonSerializerContext;
