using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Quotas;

/// <summary>
/// Trips of scopes that no desk has ever had stop nothing, and there is no end of them: one principal has a bounded number standing. All others, that of the
/// firm and those of regions that a desk has among them, are always taken.
/// </summary>
internal static class TripQuota
{
    /// <summary>Why one more is not taken; null when it is.</summary>
    public static Refusal? Refuse(NodeServices services, string principal, Scope scope)
    {
        var most = services.Configuration.Options.Quotas.UnknownScopeTripsPerPrincipal;
        var known = services.Ops.Registry.EverKnown;
        var standing = services.Ops.KillSwitch.Current.Standing;
        return IsAlwaysTaken(scope) || known.Contains(scope) || standing.Any(trip => trip.Principal == principal && trip.Scope == scope)
            || standing.Count(trip => trip.Principal == principal && !IsAlwaysTaken(trip.Scope) && !known.Contains(trip.Scope)) < most
            ? null
            : new Refusal(429, "too-many-trips", $"'{principal}' has {most} trips standing of scopes that no desk has (actorops.quotas.unknown-scope-trips-per-principal); nothing was tripped. Trip a scope that a desk has, its region, or the firm", IsRetryable: true);
    }

    private static bool IsAlwaysTaken(Scope scope) => scope.Kind is "firm";
}
