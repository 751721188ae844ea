using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Security;

/// <summary>
/// Every route and who may use it. What is not here is refused, whatever is mapped. <c>docs/reference/access.md</c> shows this table; tests hold both together, walk all
/// routes with all roles on a running node, and fail for a route without a row and a row without a route.
/// </summary>
internal static class RouteTable
{
    private static readonly Role[] People = [Role.Auditor, Role.Operator, Role.Admin, Role.Engineering, Role.Risk];
    private static readonly Role[] Operators = [Role.Operator, Role.Admin, Role.Engineering, Role.Risk];
    private static readonly Role[] Platform = [Role.Admin, Role.Engineering];
    private static readonly Role[] Desk = [Role.Desk];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<RouteRule> All { get; } =
    [
        Get("/livez", []) with { Door = RouteDoor.Open },
        Get("/readyz", []) with { Door = RouteDoor.Open },
        Get("/health", People) with { Door = RouteDoor.Health },
        Get("/metrics", People) with { Door = RouteDoor.Health },
        Get("/openapi/{documentName}.json", [.. People, Role.Desk]),

        Get("/", []) with { Door = RouteDoor.Open, Note = "leads to /minimal" },
        Get("/minimal", [.. People, Role.BreakGlass]) with { Door = RouteDoor.Page },
        Get("/minimal/log-in", []) with { Door = RouteDoor.Open },
        Post("/minimal/log-in", []) with { Door = RouteDoor.Open, Note = "takes tokens of those who may read /minimal" },
        Post("/minimal/log-out", []) with { Door = RouteDoor.Open },
        Post("/minimal/kill/question", [.. Operators, Role.BreakGlass]) with { Door = RouteDoor.Page },
        Post("/minimal/kill", [.. Operators, Role.BreakGlass]) with { Door = RouteDoor.Page },
        Post("/minimal/cluster", Platform) with { Door = RouteDoor.Page },

        Get("/api/v1/status", People),
        Get("/api/v1/escalations", People),
        Get("/api/v1/config", Operators),
        Get("/api/v1/actors", Operators),
        Get("/api/v1/limits", People),
        Get("/api/v1/events", People),
        Get("/api/v1/supervisors", [.. People, Role.Desk]) with { Note = "desk: its own targets" },
        Get("/api/v1/supervisors/{kind}/{id}", [.. People, Role.Desk]) with { Note = "desk: its own targets" },
        Get("/api/v1/feeds", People),
        Get("/api/v1/feeds/{id}", People),
        Post("/api/v1/feeds/{id}/switch", Operators),

        Post("/api/v1/signals", [Role.Desk, Role.Admin]) with { Note = "desk: its own targets" },
        Post("/api/v1/gate/sessions", Desk) with { Note = "its own desk" },
        Post("/api/v1/gate/sessions/{id}/echo", Desk) with { Note = "its own session" },
        Get("/api/v1/gate", Desk) with { Note = "its own session" },
        Post("/api/v1/control-events/{id:guid}/ack", Desk) with { Note = "its own control events" },

        Get("/api/v1/kill-switch", [.. People, Role.BreakGlass]),
        Post("/api/v1/kill-switch/trips", [.. Operators, Role.Desk, Role.BreakGlass]) with { Note = "desk: its own strategies, accounts and brokers" },
        Post("/api/v1/kill-switch/trips/{id:guid}/reason", Operators),
        Post("/api/v1/kill-switch/resets", Operators),
        Get("/api/v1/kill-switch/resets/{id:guid}", People),
        Post("/api/v1/kill-switch/resets/{id:guid}/signatures", Operators),
        Post("/api/v1/kill-switch/resets/{id:guid}/approvals", [Role.Risk]) with { Note = "another person, with a code" },
        Get("/api/v1/changes", People),
        Post("/api/v1/changes", Operators),
        Post("/api/v1/changes/{id:guid}/approvals", [Role.Admin, Role.Risk]) with { Note = "another person, with a code; admin: only grants of access while nobody else has the role risk" },
        Post("/api/v1/changes/{id:guid}/end", Operators),
        Get("/api/v1/emergencies", People),
        Get("/api/v1/emergencies/{id:guid}", People),
        Post("/api/v1/emergencies", Operators),
        Get("/api/v1/rollbacks", People),
        Get("/api/v1/rollbacks/{id:guid}", People),
        Post("/api/v1/rollbacks", Operators),

        Post("/api/v2/alerts", [.. Operators, Role.Alerts]) with { Note = "alerts: scopes of the token" },
        Post("/api/v1/webhooks/alertmanager", [.. Operators, Role.Alerts]) with { Note = "alerts: scopes of the token" },

        Get("/api/v1/access/principals", People),
        Post("/api/v1/access/principals", [Role.Admin]) with { Note = "risk and admin: with a second person" },
        Delete("/api/v1/access/principals/{name}", [Role.Admin]),
        Post("/api/v1/access/codes", Operators) with { Note = "for oneself" },
        Get("/api/v1/backups", Platform),
        Post("/api/v1/backups", Platform),
        Get("/api/v1/backups/{name}", Platform),
        Get("/api/v1/cluster", People),
        Get("/api/v1/cluster/members", People),
        Get("/api/v1/cluster/singletons", People),
        Get("/api/v1/cluster/shards", People),
        Get("/api/v1/cluster/links", People),
        Get("/api/v1/cluster/events", People),
        Post("/api/v1/cluster/members/{id}/leave", Platform),
        Post("/api/v1/cluster/members/{id}/down", Platform),
        Post("/api/v1/cluster/members/{id}/drain", Platform),
        Post("/api/v1/cluster/members/{id}/join", Platform),
    ];

    private static readonly Dictionary<(string Method, string Pattern), RouteRule> ByRoute = All.ToDictionary(rule => (rule.Method, rule.Pattern));

    /// <summary>The row of the endpoint that routing has chosen for a request; null when there is none.</summary>
    public static RouteRule? Find(Endpoint? endpoint, string method) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } pattern } ? ByRoute.GetValueOrDefault((method.ToUpperInvariant(), pattern)) : null;

    /// <summary>Roles that may read the page, and so log in to it.</summary>
    public static RouteRule Page { get; } = ByRoute[("GET", "/minimal")];

    private static RouteRule Get(string pattern, IReadOnlyList<Role> roles) => new("GET", pattern, roles);

    private static RouteRule Post(string pattern, IReadOnlyList<Role> roles) => new("POST", pattern, roles);

    private static RouteRule Delete(string pattern, IReadOnlyList<Role> roles) => new("DELETE", pattern, roles);
}
