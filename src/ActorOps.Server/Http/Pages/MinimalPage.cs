using ActorOps.Client.Wire;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Pages;

/// <summary>
/// The page for bad days: rendered here, with state, a log-in and a kill form, and the same with scripts as without. Nothing is approved on it.
/// With scripts the parts that change are renewed and forms are left alone; without, the page loads again every 2 s, and forms stand on pages that do not.
/// </summary>
internal static class MinimalPage
{
    public static bool Owns(PathString path) => path == "/minimal" || path.StartsWithSegments("/minimal");

    public static void Map(WebApplication app, NodeServices services, PageSessions sessions)
    {
        app.MapGet("/minimal", (Func<HttpContext, string?, string?, Task<IResult>>)((context, message, proof) => ShowAsync(context, services, sessions, (message, proof)))).ExcludeFromDescription();
        app.MapGet("/minimal/log-in", () => new PageResult(MinimalHtml.LogIn(null))).ExcludeFromDescription();
        app.MapPost("/minimal/log-in", (Func<HttpContext, Task<IResult>>)(context => LogInAsync(context, services, sessions))).ExcludeFromDescription();
        app.MapPost("/minimal/log-out", (HttpContext context) => LogOut(context, sessions)).ExcludeFromDescription();
        app.MapPost("/minimal/cluster", (Func<HttpContext, Task<IResult>>)(context => ClusterAsync(context, services, sessions))).ExcludeFromDescription();
        KillPage.Map(app, services, sessions);
    }

    internal static async Task<PageHtml> StateAsync(HttpContext context, NodeServices services, PageSessions sessions, PageView view)
    {
        var supervisors = await services.Supervisors.ReadAsync(context.RequestAborted).ConfigureAwait(false);
        var status = StatusApi.View(services, supervisors, await services.Supervisors.ReadDesksAsync(context.RequestAborted).ConfigureAwait(false));
        return MinimalHtml.State(services, sessions, view, status, supervisors);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, NodeServices services, PageSessions sessions, (string? Text, string? Proof) message)
    {
        var principal = Identities.Of(context) is { } known && RouteTable.Page.Allows(known) ? known : null;
        if (principal is null)
        {
            return new PageResult(MinimalHtml.LogIn(null), 401);
        }

        // What this page has not said itself it does not repeat: a link from elsewhere could say anything.
        var said = message.Text is not null && sessions.IsFormToken(principal, "message " + message.Text, message.Proof ?? string.Empty) ? message.Text : null;
        var query = context.Request.Query;
        var page = await StateAsync(context, services, sessions, new PageView(principal, said) { IsStill = query.ContainsKey("still") }).ConfigureAwait(false);
        return new PageResult(page with { IsPart = query.ContainsKey("part") });
    }

    private static async Task<IResult> LogInAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        if (!FormOrigin.IsOwn(context.Request))
        {
            return PageForms.CrossSite();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        if (services.Credentials.OfToken(form["token"].ToString().Trim()) is not { } principal)
        {
            Denials.Because(context, "unknown or expired token");
            return new PageResult(MinimalHtml.LogIn("This token is not known here, or has expired."), 401);
        }

        if (!RouteTable.Page.Allows(principal))
        {
            Denials.Because(context, $"role of {principal.Name}");
            return new PageResult(MinimalHtml.LogIn($"This token is for a machine; the page is for {RouteTable.Page.Needs}."), 403);
        }

        sessions.Begin(context, principal, services.Now);
        return Results.Redirect("/minimal");
    }

    private static IResult LogOut(HttpContext context, PageSessions sessions)
    {
        if (!FormOrigin.IsOwn(context.Request))
        {
            return PageForms.CrossSite();
        }

        sessions.End(context);
        return Results.Redirect("/minimal");
    }

    private static async Task<IResult> ClusterAsync(HttpContext context, NodeServices services, PageSessions sessions)
    {
        var (principal, form, refusal) = await PageForms.ReadAsync(context, services, sessions, _ => NodeFields.Action, ClusterApi.May, ClusterApi.Needs).ConfigureAwait(false);
        if (refusal is not null)
        {
            return refusal;
        }

        var typed = NodeFields.Of(form);
        async Task<IResult> Nothing(string why, int status) =>
            new PageResult(await StateAsync(context, services, sessions, new PageView(principal, $"Nothing was done: {why}.") { Node = typed }).ConfigureAwait(false), status);
        if (typed.Verb is not ("drain" or "join" or "leave" or "down") || typed.Reason.Length == 0 || form["confirm"].ToString().Trim() != typed.Node)
        {
            return await Nothing(form["confirm"].ToString().Trim() != typed.Node ? $"the name typed is not {typed.Node}" : "choose an action and give a reason", 400).ConfigureAwait(false);
        }

        return await ClusterApi.ChangeAsync(services, typed.Verb, typed.Node, principal, new ReasonBody(typed.Reason)).ConfigureAwait(false) is { } refused
            ? await Nothing(refused.Why, refused.Status).ConfigureAwait(false)
            : PageForms.Say(sessions, principal, $"{typed.Verb} {typed.Node}: accepted. The tables below show the effect.");
    }
}
