using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Supervisors.Responses;

namespace ActorOps.Ops.Supervisors;

/// <summary>Whom it concerns when a target is not supervised.</summary>
internal static class TargetScopes
{
    /// <summary>The target's own scope; of a feed, the strategies that use it now; of a component, which says nothing about who needs it, the firm.</summary>
    public static IEnumerable<Scope> Of(TargetId target, Scope? scope, Desk? desk, SupervisorServices services) =>
        scope is not null ? [scope]
        : target.Kind == TargetKind.Feed && desk is not null ? FeedUsers.Of(target, desk, services).Select(strategy => Scope.Strategy(strategy.Id))
        : [Scope.Firm];
}
