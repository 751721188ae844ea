using ActorOps.Ops.Desks;

namespace ActorOps.Ops.Supervisors.Responses;

internal static class FeedUsers
{
    /// <summary>Strategies that trade on this feed now: their own feed is this one or has been switched to it.</summary>
    public static IEnumerable<DeskStrategy> Of(TargetId feed, Desk desk, SupervisorServices services) =>
        services.Registry.Find(desk.Id)?.Strategies.Where(strategy => services.ActiveFeeds.For(strategy.Feed) == feed.Id) ?? [];
}
