namespace ActorOps.Ops.Desks;

/// <summary>Answers of the registry's singleton.</summary>
public abstract record DeskReply
{
    private DeskReply()
    {
    }

    /// <summary>Registered.</summary>
    /// <param name="Desk">As it stands.</param>
    /// <param name="SequenceNumber">Event of the registry's stream from which on it is known.</param>
    public sealed record Registered(Desk Desk, long SequenceNumber) : DeskReply
    {
        /// <summary>What of it waits for two people; null: all of it is in force.</summary>
        public DeskProposal? Waiting { get; init; }

        /// <summary>The change to approve; null: nothing waits, or the kill switch could not be asked yet.</summary>
        public Guid? ChangeId { get; init; }
    }

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Rejected(string Code, string Why) : DeskReply;
}
