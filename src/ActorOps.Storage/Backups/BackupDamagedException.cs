namespace ActorOps.Storage.Backups;

/// <summary>A backup that must not be believed. The message says where and what; nothing was restored.</summary>
public sealed class BackupDamagedException(long line, string what, Exception? inner = null) : IOException($"The backup is damaged in line {line}: {what}.", inner)
{
    /// <summary>Line, from 1.</summary>
    public long Line { get; } = line;
}
