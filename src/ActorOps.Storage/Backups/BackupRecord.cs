using System.Text.Json.Serialization;

namespace ActorOps.Storage.Backups;

/// <summary>A line of a backup. The form is the same for every engine, so what one has written another can restore.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Header), "header")]
[JsonDerivedType(typeof(Event), "event")]
[JsonDerivedType(typeof(Snapshot), "snapshot")]
[JsonDerivedType(typeof(Message), "message")]
[JsonDerivedType(typeof(Grant), "grant")]
[JsonDerivedType(typeof(End), "end")]
internal abstract record BackupRecord
{
    private BackupRecord()
    {
    }

    /// <summary>First line.</summary>
    public sealed record Header(int Format, Guid StoreId, long Generation, string Engine, DateTimeOffset At) : BackupRecord;

    /// <summary>An event, in the order of the journal; times in ticks since the Unix epoch.</summary>
    public sealed record Event(
        string Stream, long Sequence, long Epoch, string? GrantName, string Kind, Guid CommandId, int Ordinal, string Payload, byte[] Hash, string? TraceId, bool Drill, long AtTicks) : BackupRecord;

    /// <summary>A snapshot.</summary>
    public sealed record Snapshot(string Key, long Sequence, string Payload) : BackupRecord;

    /// <summary>A message to the outside, in the order in which they leave.</summary>
    public sealed record Message(Guid Id, string Destination, string Payload, string? Outcome) : BackupRecord;

    /// <summary>Epoch that a grant has reached.</summary>
    public sealed record Grant(string Name, long Epoch) : BackupRecord;

    /// <summary>Last line: how many of each, and the SHA-256 of all bytes before it.</summary>
    public sealed record End(long Events, long Snapshots, long Messages, string Sha256) : BackupRecord;
}
