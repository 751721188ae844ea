namespace ActorOps.Ops.Changes;

/// <summary>Answers about changes.</summary>
public abstract record ChangeReply
{
    private ChangeReply()
    {
    }

    /// <summary>How the change stands now.</summary>
    public sealed record Stands(ChangeRequest Change) : ChangeReply;

    /// <summary>Ended; nothing of it is in force.</summary>
    public sealed record Ended(Guid ChangeId) : ChangeReply;

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Rejected(string Code, string Why) : ChangeReply;
}
