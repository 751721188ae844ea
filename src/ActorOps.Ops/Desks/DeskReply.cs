namespace ActorOps.Ops.Desks;

/// <summary>Answers of the registry's singleton.</summary>
public abstract record DeskReply
{
    private DeskReply()
    {
    }

    /// <summary>Registered.</summary>
    public sealed record Registered(Desk Desk) : DeskReply;

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Rejected(string Code, string Why) : DeskReply;
}
