namespace ActorOps.Storage.Backups;

/// <summary>What a backup holds.</summary>
/// <param name="StoreId">Store that it was made of.</param>
/// <param name="Generation">Generation of that store.</param>
/// <param name="Engine">Engine that wrote it.</param>
/// <param name="At">When its reading began: everything committed before is in it, nothing later.</param>
/// <param name="Events">Events of all streams.</param>
/// <param name="Snapshots">Snapshots.</param>
/// <param name="Messages">Messages to the outside, delivered ones included.</param>
public sealed record BackupSummary(Guid StoreId, long Generation, string Engine, DateTimeOffset At, long Events, long Snapshots, long Messages);
