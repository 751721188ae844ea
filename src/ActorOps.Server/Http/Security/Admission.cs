using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Security;

/// <summary>Whether a request may reach its route. Pure: what it goes by is handed in.</summary>
internal static class Admission
{
    /// <summary>Null when the request is admitted, else what it is answered.</summary>
    /// <param name="isMapped">Whether routing has found a route of this method and path.</param>
    /// <param name="rule">Its row in the table; null: there is none.</param>
    /// <param name="principal">Who asks; null: nobody known.</param>
    /// <param name="hasToken">Whether a token came along, known or not.</param>
    /// <param name="isHealthOpen">Whether health and metrics are open to this caller.</param>
    public static Refusal? Judge(bool isMapped, RouteRule? rule, Principal? principal, bool hasToken, bool isHealthOpen)
    {
        if (rule is { Door: RouteDoor.Open or RouteDoor.Page } || (rule is { Door: RouteDoor.Health } && isHealthOpen && !hasToken))
        {
            return null;
        }

        if (principal is null)
        {
            return hasToken
                ? new Refusal(401, "unauthenticated", "this token is unknown here, was revoked or has expired")
                : new Refusal(401, "unauthenticated", "send a token: Authorization: Bearer <token>; the first one is in <data>/admin.token");
        }

        return !isMapped ? null
            : rule is null ? new Refusal(403, "forbidden", "this route is not in the node's table of routes, so nobody may use it")
            : rule.Allows(principal) ? null
            : new Refusal(403, "forbidden", $"'{principal.Name}' may not do this; this route needs one of the roles: {rule.Needs}");
    }
}
