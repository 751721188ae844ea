using System.Net;
using System.Text;
using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Http.Pages;

/// <summary>The page's HTML. Every value is encoded on its way in.</summary>
internal static class MinimalHtml
{
    private const string Style = """
        body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:1100px;padding:1rem;color:#1b1f24;background:#fff}
        h1{font-size:1.3rem;margin:.2rem 0}h2{font-size:1.05rem;margin:1.4rem 0 .4rem;border-bottom:1px solid #d0d7de;padding-bottom:.2rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem .25rem 0;vertical-align:top;border-bottom:1px solid #eaeef2}th{color:#57606a;font-weight:600}
        .ACTIVE,.Healthy{color:#1a7f37}.REDUCE_ONLY,.Warning{color:#9a6700;font-weight:600}.CANCEL_ONLY,.Unknown{color:#bc4c00;font-weight:600}.KILLED,.Critical{color:#cf222e;font-weight:700}
        .banner{padding:.6rem .9rem;border-radius:6px;margin:.6rem 0;background:#fff8c5;border:1px solid #d4a72c}.ACTIVEbanner{background:#dafbe1;border-color:#1a7f37}.KILLEDbanner{background:#ffebe9;border-color:#cf222e}
        form.act{display:flex;gap:.6rem;flex-wrap:wrap;align-items:end;margin:.6rem 0}
        form.kill{border:2px solid #cf222e;border-radius:6px;padding:.8rem;display:flex;gap:.6rem;flex-wrap:wrap;align-items:end}label{display:flex;flex-direction:column;font-size:.85rem;color:#57606a}
        input,select,button{font:inherit;padding:.35rem .5rem;border:1px solid #8c959f;border-radius:4px}button{cursor:pointer}form.kill button{background:#cf222e;color:#fff;border-color:#cf222e;font-weight:700}
        code{font-size:.9em;word-break:break-all}.mute{color:#57606a}
        @media (prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th,label,.mute{color:#9198a1}h2,th,td{border-color:#30363d}.banner{background:#2d2a12;border-color:#9e6a03}.ACTIVEbanner{background:#dafbe1;border-color:#1a7f37}.ACTIVEbanner{background:#12261e;border-color:#3fb950}.KILLEDbanner{background:#3c1618;border-color:#f85149}input,select,button{background:#161b22;color:#e6edf3}.ACTIVE,.Healthy{color:#3fb950}.REDUCE_ONLY,.Warning{color:#d29922}.CANCEL_ONLY,.Unknown{color:#f0883e}.KILLED,.Critical{color:#f85149}}
        """;

    public static string LogIn(string? message) => Page("ActorOps: log in", refresh: false, $"""
        <h1>ActorOps</h1>{(message is null ? string.Empty : $"<p class=\"banner\" role=\"alert\">{E(message)}</p>")}
        <form method="post" action="/minimal/log-in"><label for="token">Token<input id="token" name="token" type="password" size="70" autocomplete="current-password" required autofocus></label>
        <p><button type="submit">Log in</button></p></form><p class="mute">The first token is in the file admin.token of the node's data directory.</p>
        """);

    public static string State(NodeServices services, PageSessions sessions, Principal? principal, string? message, bool isStill, StatusView status, IReadOnlyList<SupervisorView> supervisors)
    {
        var killSwitch = KillSwitchApi.View(services);
        // The worst anywhere, not the firm's own: "ACTIVE" on top while a strategy is KILLED would be a lie by layout.
        var worst = killSwitch.Effective.MaxBy(scope => TradingStateNames.TryParse(scope.Level, out var level) ? level : TradingState.Killed)!;
        var html = new StringBuilder();
        html.Append($"<h1>ActorOps · {E(status.Node.Id)} <span class=\"mute\">{E(status.Node.Region)} · {E(status.Node.State)} · {services.Now:yyyy-MM-dd HH:mm:ss} UTC</span></h1>");
        html.Append(Head(services, principal, message, isStill));
        html.Append($"<p class=\"banner {E(worst.Level)}banner\"><strong class=\"{E(worst.Level)}\">{E(worst.Level)}</strong> {E(worst.Scope)} {E(worst.Cause)}</p>");
        if (principal is { MayReduceRisk: true })
        {
            html.Append(KillForm(sessions.FormToken(principal, "kill")));
        }

        html.Append(Table("Scopes", ["Scope", "State", "Cause"], killSwitch.Effective.Select(scope => new[] { E(scope.Scope), Marked(scope.Level), E(scope.Cause) })));
        html.Append(Table("Standing trips", ["Trip", "Scope", "Level", "Why", "By", "At"], killSwitch.Trips.Select(trip => new[]
        {
            $"<code>{trip.TripId}</code>", E(trip.Scope), Marked(LevelOf(trip)), E($"{trip.Reason} ({trip.Source})"), E(trip.By), trip.At.ToString("u"),
        })));
        html.Append(Table("Resets waiting for another person", ["Reset", "Trips", "Root cause", "Asked by", "Until"], killSwitch.Resets.Select(reset => new[]
        {
            $"<code>{reset.ResetId}</code>", string.Join("<br>", reset.TripIds.Select(id => $"<code>{id}</code>")), E(reset.RootCause), E(reset.Person), reset.ExpiresAt.ToString("u"),
        })));
        html.Append(RiskHtml.Changes(killSwitch.Changes));
        html.Append(RiskHtml.Procedures([.. services.Ops.Procedures.All.Take(10).Select(RiskViews.Of)]));
        html.Append(Supervisors(supervisors));
        html.Append(Table("Feeds", ["Feed", "In use", "Backup", "Verdict", "Last tick"], FeedsApi.All(services, supervisors).Select(feed => new[] { E(feed.Feed), E(feed.InUse), E(feed.Backup), Marked(feed.Verdict), Age(feed.LastTickAgeMs) })));
        html.Append(Table("Desks", ["Desk", "Region", "Connected", "Strategies"], status.Desks.Select(desk => new[] { E(desk.Desk), E(desk.Region), desk.Connected ? "yes" : "<strong class=\"Unknown\">no</strong>", $"{desk.Strategies}" })));
        html.Append(ClusterHtml.Nodes(services));
        if (isStill && principal is not null && ClusterApi.May(principal))
        {
            html.Append(ClusterHtml.Form(sessions.FormToken(principal, "cluster"), services));
        }

        html.Append(ClusterHtml.Grants(services));
        var escalations = services.Ops.Escalations.Items.Reverse().Take(15);
        html.Append(Table("Latest escalations", ["At", "Severity", "Target", "What"], escalations.Select(e => new[] { e.At.ToString("HH:mm:ss"), E(e.Severity), E(e.Target), E(e.Text) })));
        return Page("ActorOps", refresh: message is null && !isStill, html.ToString());
    }

    /// <summary>Who is logged in, what was just done, and settings that one must not overlook.</summary>
    private static string Head(NodeServices services, Principal? principal, string? message, bool isStill)
    {
        var html = new StringBuilder();
        html.Append(principal is null
            ? "<p><a href=\"/minimal/log-in\">Log in</a> to trip the kill switch.</p>"
            : $"<form method=\"post\" action=\"/minimal/log-out\"><span class=\"mute\">{E(principal.Name)} ({E(principal.Person)})</span> <button type=\"submit\">Log out</button></form>");
        if (principal is not null)
        {
            html.Append(isStill || message is not null
                ? $"<p class=\"banner\">As of {services.Now:HH:mm:ss} UTC: the page stands still while you type. <a href=\"/minimal\">Let it go on</a></p>"
                : "<p class=\"mute\">Refreshes every 2 s. <a href=\"/minimal?still=1\">Hold it still</a> to type a reason, or to act on a node.</p>");
        }

        if (message is not null)
        {
            html.Append($"<p class=\"banner\" role=\"status\">{E(message)}</p>");
        }

        if (services.Configuration.Options.KillSwitch.ApproverMinimumAge < TimeSpan.FromHours(24))
        {
            html.Append($"<p class=\"banner\">Drill setting: approvers need to be only {services.Configuration.Options.KillSwitch.ApproverMinimumAge} old.</p>");
        }

        if (!services.Configuration.Options.KillSwitch.OneTimeCodes)
        {
            html.Append("<p class=\"banner\">Drill setting: approvals need no one-time code.</p>");
        }

        return html.ToString();
    }

    private static string Supervisors(IReadOnlyList<SupervisorView> supervisors)
    {
        var shown = supervisors.OrderBy(view => view.Verdict switch { "Critical" => 0, "Unknown" => 1, "Warning" => 2, _ => 3 }).Take(200);
        return Table("Supervisors", ["Target", "Verdict", "Why", "Last signal", "Node"], shown.Select(view =>
            new[] { E($"{view.Kind}/{view.Id}"), Marked(view.Verdict), string.Join("<br>", view.Reasons.Take(4).Select(reason => E(Reason(reason)))), Age(view.LastSignalAgeMs), E(view.Node) }));
    }

    private static string LevelOf(TripView trip) => trip.MaxPositionFraction is { } cap ? $"size cap {cap} of AUM" : trip.SizeFactor is { } factor ? $"size {factor:0.##} of normal" : trip.Level;

    private static string Reason(ReasonView reason) => reason.Note is { } note ? $"{reason.Rule}: {note}" : $"{reason.Rule} {reason.Value:0.###}, threshold {reason.Threshold:0.###}";

    private static string KillForm(string token) => $"""
        <h2>Kill switch</h2><form class="kill" method="post" action="/minimal/kill"><input type="hidden" name="form" value="{token}">
        <label for="scope">Scope<input id="scope" name="scope" value="firm" size="28" required></label>
        <label for="level">Level<select id="level" name="level"><option>KILLED</option><option>CANCEL_ONLY</option><option>REDUCE_ONLY</option></select></label>
        <label for="reason">Reason (may follow)<input id="reason" name="reason" size="40"></label><button type="submit">Trip</button></form>
        """;

    internal static string Table(string title, string[] heads, IEnumerable<string[]> rows)
    {
        var body = string.Concat(rows.Select(row => "<tr>" + string.Concat(row.Select(cell => $"<td>{cell}</td>")) + "</tr>"));
        return $"<h2>{title}</h2>" + (body.Length == 0 ? "<p class=\"mute\">none</p>" : $"<table><thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{head}</th>"))}</tr></thead><tbody>{body}</tbody></table>");
    }

    internal static string Age(long? ms) => ms is null ? "<strong class=\"Unknown\">never</strong>" : ms < 10_000 ? $"{ms} ms" : $"{ms / 1000} s";

    internal static string Marked(string word) => $"<span class=\"{E(word.Split(' ')[0])}\">{E(word)}</span>";

    internal static string E(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    private static string Page(string title, bool refresh, string body) =>
        $"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{(refresh ? "<meta http-equiv=\"refresh\" content=\"2\">" : string.Empty)}<title>{title}</title><style>{Style}</style></head><body>{body}</body></html>";
}
