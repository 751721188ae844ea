namespace ActorOps.Kernel.Persistence;

/// <summary>Answer of the journal. Everything else (no answer, a full disk) is a <see cref="JournalUnavailableException"/>.</summary>
public abstract record AppendResult
{
    private AppendResult()
    {
    }

    /// <summary>Durable.</summary>
    /// <param name="LastSequenceNumber">Sequence number of the command's last event.</param>
    public sealed record Appended(long LastSequenceNumber) : AppendResult;

    /// <summary>Refused: the writer's epoch is not the current one.</summary>
    /// <param name="CurrentEpoch">The grant's epoch now.</param>
    public sealed record Fenced(long CurrentEpoch) : AppendResult;

    /// <summary>Refused: the stream has moved on.</summary>
    /// <param name="CurrentSequenceNumber">The stream's last sequence number.</param>
    public sealed record Conflict(long CurrentSequenceNumber) : AppendResult;
}
