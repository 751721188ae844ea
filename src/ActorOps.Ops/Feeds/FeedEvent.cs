using System.Text.Json.Serialization;

namespace ActorOps.Ops.Feeds;

/// <summary>What has happened to feeds.</summary>
[JsonDerivedType(typeof(FeedSwitched), "feeds.switched.v1")]
public abstract record FeedEvent
{
    private FeedEvent()
    {
    }

    /// <summary>Those who trade on a feed get another one from now on.</summary>
    public sealed record FeedSwitched(string Feed, string From, string To, string By, string Reason, DateTimeOffset At) : FeedEvent;
}
