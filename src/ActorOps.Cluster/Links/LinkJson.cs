using System.Text.Json.Serialization;

namespace ActorOps.Cluster.Links;

/// <summary>JSON of the links' own records.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LinkFrame))]
[JsonSerializable(typeof(LinkFrame[]))]
[JsonSerializable(typeof(LinkRefusal[]))]
[JsonSerializable(typeof(LinkRefusal))]
[JsonSerializable(typeof(LinkHello))]
[JsonSerializable(typeof(LinkWelcome))]
public sealed partial class LinkJson : JsonSerializerContext;
