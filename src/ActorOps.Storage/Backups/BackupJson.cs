using System.Text.Json.Serialization;

namespace ActorOps.Storage.Backups;

[JsonSerializable(typeof(BackupRecord))]
internal sealed partial class BackupJson : JsonSerializerContext;
