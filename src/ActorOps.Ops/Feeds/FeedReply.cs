namespace ActorOps.Ops.Feeds;

/// <summary>Answers of the feed switch.</summary>
public abstract record FeedReply
{
    private FeedReply()
    {
    }

    /// <summary>In use now.</summary>
    public sealed record Active(string Feed, string InUse) : FeedReply;

    /// <summary>Refused; nothing changed.</summary>
    public sealed record Rejected(string Code, string Why) : FeedReply;
}
