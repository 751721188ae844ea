using System.Text.Json.Serialization;

namespace ActorOps.Storage.DataDirectories;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DataManifest))]
internal sealed partial class DataManifestJson : JsonSerializerContext;
