using System.Collections.Immutable;

namespace ActorOps.Ops.Feeds;

/// <summary>Which feed stands in for which, in memory.</summary>
public sealed class ActiveFeeds
{
    private ImmutableDictionary<string, string> _active = ImmutableDictionary<string, string>.Empty;

    /// <summary>The feed in use for those who trade on <paramref name="feed"/>; itself until a switch.</summary>
    public string For(string feed) => _active.GetValueOrDefault(feed, feed);

    internal void Replace(ImmutableDictionary<string, string> active) => Volatile.Write(ref _active, active);
}
