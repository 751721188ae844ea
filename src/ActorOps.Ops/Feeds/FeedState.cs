using System.Collections.Immutable;

namespace ActorOps.Ops.Feeds;

internal sealed record FeedState(ImmutableDictionary<string, string> Active)
{
    public static FeedState Empty { get; } = new(ImmutableDictionary<string, string>.Empty);

    public static FeedState Apply(FeedState state, FeedEvent e) => e switch
    {
        FeedEvent.FeedSwitched switched => new FeedState(state.Active.SetItem(switched.Feed, switched.To)),
        _ => throw new InvalidOperationException($"Unknown event {e.GetType().Name}."),
    };
}
