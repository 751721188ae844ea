using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Http.Pages;

/// <summary>The page for bad days: rendered here, without scripts, with state, a log-in and a kill form. Nothing is approved on it.</summary>
internal static class MinimalPage
{
    public static bool Owns(PathString path) => path == "/minimal" || path.StartsWithSegments("/minimal");

    public static void Map(WebApplication app, NodeServices services, PageSessions sessions)
    {
        app.MapGet("/minimal", (Func<HttpContext, string?, string?, string?, Task<IResult>>)(async (context, message, proof, still) =>
        {
            var principal = Security.Identities.Of(context) is { } known && Security.RouteTable.Page.Allows(known) ? known : null;
            if (message is not null && (principal is null || !sessions.IsFormToken(principal, "message " + message, proof ?? string.Empty)))
            {
                // What this page has not said itself it does not repeat: a link from elsewhere could say anything.
                message = null;
            }

            if (principal is null)
            {
                return Html(MinimalHtml.LogIn(null));
            }

            return Html(await StateAsync(context, services, sessions, principal, message, isStill: still is not null).ConfigureAwait(false));
        })).ExcludeFromDescription();
        app.MapGet("/minimal/log-in", () => Html(MinimalHtml.LogIn(null))).ExcludeFromDescription();
        app.MapPost("/minimal/log-in", (Func<HttpContext, Task<IResult>>)(context => LogInAsync(context, services, sessions))).ExcludeFromDescription();
        app.MapPost("/minimal/log-out", (HttpContext context) =>
        {
            sessions.End(context);
            return Results.Redirect("/minimal", permanent: false, preserveMethod: false);
        }).ExcludeFromDescription();
        app.MapPost("/minimal/cluster", (Func<HttpContext, Task<IResult>>)(context => ClusterAsync(context, services, sessions))).ExcludeFromDescription();
        app.MapPost("/minimal/kill", (Func<HttpContext, Task<IResult>>)(context => KillAsync(context, services, sessions))).ExcludeFromDescription();
    }

    private static async Task<string> StateAsync(HttpContext context, NodeServices services, PageSessions sessions, Principal? principal, string? message, bool isStill = true)
    {
        var supervisors = await services.Supervisors.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        var status = StatusApi.View(services, supervisors, await services.Supervisors.ReadDesksAsync(context.RequestAborted).ConfigureAwait(false));
        return MinimalHtml.State(services, sessions, principal, message, isStill, status, supervisors);
    }

    private static async Task<IResult> LogInAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        if (!SameSite(context))
        {
            return Problems.Result(403, "cross-site", "this form was sent from another site");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (services.Credentials.OfToken(form["token"].ToString().Trim()) is not { } principal)
        {
            services.Ops.Denied(new AccessCommand.Deny("anonymous", "page log-in", "unknown or expired token", context.Connection.RemoteIpAddress?.ToString() ?? string.Empty));
            return Html(MinimalHtml.LogIn("This token is not known here, or has expired."), 401);
        }

        if (!Security.RouteTable.Page.Allows(principal))
        {
            services.Ops.Denied(new AccessCommand.Deny(principal.Name, "page log-in", "role", context.Connection.RemoteIpAddress?.ToString() ?? string.Empty));
            return Html(MinimalHtml.LogIn($"This token is for a machine; the page is for {Security.RouteTable.Page.Needs}."), 403);
        }

        sessions.Begin(context, principal, services.Now);
        return Results.Redirect("/minimal");
    }

    private static async Task<IResult> KillAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        var (principal, form, refusal) = await ReadAsync(context, services, sessions, "kill", principal => principal.MayReduceRisk, "operator, admin, engineering or risk").ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!Scope.TryParse(form["scope"].ToString().Trim(), out var scope) || !TradingStateNames.TryParse(form["level"], out var level) || level == TradingState.Active)
        {
            return Html(await StateAsync(context, services, sessions, principal, "Scope or level is none. A scope is firm, region/R, broker/B, account/A, strategy/S or symbol/X.").ConfigureAwait(false), 400);
        }

        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, level, $"page:{principal.Name}", principal.Name, principal.Person) { Reason = form["reason"] }).ConfigureAwait(false);
        return Say(sessions, principal, $"Tripped {level.ToWire()} for {scope}: {receipt.Trip.TripId}, {(receipt.Latched ? "latched" : "NOT LATCHED, in force in memory only")}{(receipt.Durable ? ", stored" : ", not stored yet")}, {receipt.Propagation.Acknowledged} of {receipt.Propagation.Nodes} nodes have it{(receipt.Propagation.Missing.Count == 0 ? string.Empty : $"; NOT CONFIRMED by {string.Join(", ", receipt.Propagation.Missing)}")}.");
    }

    private static async Task<IResult> ClusterAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        var (principal, form, refusal) = await ReadAsync(context, services, sessions, "cluster", ClusterApi.May, ClusterApi.Needs).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var (node, verb, reason) = (form["node"].ToString(), form["verb"].ToString(), form["reason"].ToString().Trim());
        if (verb is not ("drain" or "join" or "leave" or "down") || reason.Length == 0 || form["confirm"].ToString().Trim() != node)
        {
            return Html(await StateAsync(context, services, sessions, principal, "Nothing was done: that needs an action, a reason, and the node's name typed once more.").ConfigureAwait(false), 400);
        }

        return await ClusterApi.ChangeAsync(services, verb, node, principal, new Client.Wire.ReasonBody(reason)).ConfigureAwait(false) is { } refused
            ? Html(await StateAsync(context, services, sessions, principal, $"Nothing was done: {refused.Why}.").ConfigureAwait(false), refused.Status)
            : Say(sessions, principal, $"{verb} {node}: accepted. The table below shows what comes of it.");
    }

    /// <summary>The form of a logged-in person who may do this; else what to answer.</summary>
    private static async Task<(Principal Principal, IFormCollection Form, IResult? Refusal)> ReadAsync(HttpContext context, NodeServices services, PageSessions sessions, string action, Func<Principal, bool> may, string needs)
    {
        if (!SameSite(context))
        {
            return (null!, null!, Problems.Result(403, "cross-site", "this form was sent from another site"));
        }

        if (sessions.Find(context, services) is not { } principal)
        {
            return (null!, null!, Html(MinimalHtml.LogIn("Log in to do this."), 401));
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        return (principal, form, !sessions.IsFormToken(principal, action, form["form"].ToString()) ? Problems.Result(403, "stale-form", "this form is not of your session; go back to /minimal and send it again")
            : !may(principal) ? Problems.Result(403, "forbidden", $"'{principal.Name}' may not do this; it needs the role {needs}")
            : null);
    }

    private static IResult Say(PageSessions sessions, Principal principal, string text) =>
        Results.Redirect($"/minimal?message={Uri.EscapeDataString(text)}&proof={sessions.FormToken(principal, "message " + text)}");

    /// <summary>A browser says where a form comes from; one that says "elsewhere" is refused, whatever cookie it carries.</summary>
    private static bool SameSite(HttpContext context)
    {
        var site = context.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = context.Request.Headers.Origin.ToString();
        return site is "" or "same-origin" or "none" && (origin.Length == 0 || origin == $"{context.Request.Scheme}://{context.Request.Host}");
    }

    private static HtmlResult Html(string html, int status = 200) => new HtmlResult(html, status);

    private sealed class HtmlResult(string html, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return context.Response.WriteAsync(html, context.RequestAborted);
        }
    }
}
