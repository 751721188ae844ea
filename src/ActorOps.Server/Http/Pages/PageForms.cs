using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Pages;

/// <summary>The checks that every form of the page passes before anything is done.</summary>
internal static class PageForms
{
    public static IResult CrossSite() => new PageResult(MinimalHtml.Refused("This form was sent from another site. Nothing was done."), 403);

    /// <summary>The form of a logged-in person who may do this; else what to answer.</summary>
    public static async Task<(Principal Principal, IFormCollection Form, IResult? Refusal)> ReadAsync(HttpContext context, NodeServices services, PageSessions sessions, Func<IFormCollection, string> action, Func<Principal, bool> may, string needs)
    {
        if (!FormOrigin.IsOwn(context.Request))
        {
            return (null!, null!, CrossSite());
        }

        if (sessions.Find(context, services) is not { } principal)
        {
            return (null!, null!, new PageResult(MinimalHtml.LogIn("Nothing was done: log in first. Your session has ended, or there was none."), 401));
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        return (principal, form, !sessions.IsFormToken(principal, action(form), form["form"].ToString()) ? new PageResult(MinimalHtml.Refused("This form does not belong to your session. Nothing was done: open the page again and send the form from there."), 403)
            : !may(principal) ? new PageResult(MinimalHtml.Refused($"Nothing was done: '{principal.Name}' may not do this; it needs the role {needs}."), 403)
            : null);
    }

    /// <summary>Back to the page with a sentence that only this node can have written.</summary>
    public static IResult Say(PageSessions sessions, Principal principal, string text) =>
        Results.Redirect($"/minimal?message={Uri.EscapeDataString(text)}&proof={sessions.FormToken(principal, "message " + text)}");
}
