namespace ActorOps.Ops.Feeds;

/// <summary>What the feed switch is asked.</summary>
public abstract record FeedCommand
{
    private FeedCommand()
    {
    }

    /// <summary>Switch to a feed; null: to the other of primary and backup.</summary>
    public sealed record Switch(string Feed, string? To, string By, string Reason) : FeedCommand;
}
