namespace ActorOps.Ops.Access;

/// <summary>Answers of the access singleton.</summary>
public abstract record AccessReply
{
    private AccessReply()
    {
    }

    /// <summary>Stored.</summary>
    public sealed record Done : AccessReply;

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Rejected(string Code, string Why) : AccessReply;
}
