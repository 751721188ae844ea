using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;
using static ActorOps.Server.Http.Pages.MinimalHtml;

namespace ActorOps.Server.Http.Pages;

/// <summary>What a person can do on the page. Where the page loads itself again, forms are for browsers with scripts, and a link leads the others to a page that does not.</summary>
internal static class ActsHtml
{
    /// <summary>Who is logged in.</summary>
    public static string Session(PageView view) =>
        $"<form method=\"post\" action=\"/minimal/log-out\"><span class=\"mute\">{E(view.Principal.Name)} ({E(view.Principal.Person)})</span> <button class=\"quiet\" type=\"submit\">Log out</button></form>";

    /// <summary>What was just done, and whether what is shown is still renewed.</summary>
    public static string Updates(NodeServices services, PageView view, bool reloads)
    {
        var paused = $"<p class=\"banner note\">As of {services.Now:HH:mm:ss} UTC. Updates are paused while you type. <a href=\"/minimal\">Resume updates</a></p>";
        var updates = view.IsStill ? paused : reloads ? string.Empty : $"<noscript>{paused}</noscript>";
        return (view.Message is { } message ? $"<p class=\"banner note\" role=\"status\">{E(message)} <a href=\"/minimal\">Dismiss</a></p>" : string.Empty) + updates;
    }

    /// <summary>Settings that one must not overlook.</summary>
    public static string Settings(NodeServices services) =>
        string.Concat(SituationWatch.Drills(services.Configuration.Options.KillSwitch).Select(drill => $"<p class=\"banner\">DRILL: {E(drill)}.</p>"));

    public static string Kill(NodeServices services, PageSessions sessions, PageView view, bool reloads) => !view.Principal.MayReduceRisk ? string.Empty
        : Offered("<section class=\"kill\"><p><a class=\"button kill\" href=\"/minimal?still=1\">Kill switch ...</a> Opens on a page that waits while you type. This one loads again every 2 s.</p></section>",
            $"<section class=\"kill\"><h2>Kill switch</h2>{KillHtml.Form(sessions.FormToken(view.Principal, KillFields.Ask), services.Ops.Registry, view.Kill)}<p class=\"mute\">Asks once before it trips.</p></section>", reloads);

    public static string Nodes(NodeServices services, PageSessions sessions, PageView view, bool reloads) => !ClusterApi.May(view.Principal) ? string.Empty
        : Offered("<p><a href=\"/minimal?still=1\">Drain a node, or take it back ...</a></p>",
            $"<section><h2>Nodes: drain, join, leave, down</h2>{ClusterHtml.Form(sessions.FormToken(view.Principal, NodeFields.Action), services, view.Node)}</section>", reloads);

    private static string Offered(string link, string form, bool reloads) => reloads ? $"<noscript>{link}</noscript><div class=\"scripted\">{form}</div>" : form;
}
