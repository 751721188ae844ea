using System.Net;
using System.Text;
using ActorOps.Client.Wire;
using ActorOps.Client.Wording;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Api;

namespace ActorOps.Server.Http.Pages;

/// <summary>The page's HTML. Every value is encoded on its way in. What is marked <c>data-live</c> changes while the page is open; forms stand outside of it.</summary>
internal static class MinimalHtml
{
    private const int MostSupervisors = 200;

    public static PageHtml LogIn(string? message) => new("ActorOps: log in", $"""
        <h1>ActorOps</h1>{(message is null ? string.Empty : $"<p class=\"banner\" role=\"alert\">{E(message)}</p>")}
        <section><form method="post" action="/minimal/log-in"><label>Token<input id="token" name="token" type="password" size="60" autocomplete="current-password" required autofocus></label><button type="submit">Log in</button></form></section>
        <p class="mute">The first token is in the file <code>admin.token</code> of the node's data directory. If no token works, <code>break-glass.token</code> there may trip, and <code>touch KILL_SWITCH</code> there trips the firm without a token.</p>
        """);

    /// <summary>A form that was refused, for a person to read.</summary>
    public static PageHtml Refused(string why) => new("ActorOps: refused", $"<h1>ActorOps</h1><p class=\"banner crit\" role=\"alert\">{E(why)}</p><p><a href=\"/minimal\">Open the page</a></p>");

    public static PageHtml State(NodeServices services, PageSessions sessions, PageView view, StatusView status, IReadOnlyList<SupervisorView> supervisors)
    {
        var killSwitch = KillSwitchApi.View(services);
        var situation = status.Situation!;
        var isLive = !view.IsStill;
        var reloads = isLive && view.Message is null;
        var html = new StringBuilder();
        html.Append($"<header><h1 id=\"node\" data-live>ActorOps · {E(status.Node.Id)} <span class=\"mute\">{E(status.Node.Region)} · {E(status.Node.State)} · {services.Now:yyyy-MM-dd HH:mm:ss} UTC</span></h1>{ActsHtml.Session(view)}</header>");
        html.Append("<p id=\"age\" class=\"banner unknown\" role=\"alert\" hidden></p>");
        html.Append(ActsHtml.Updates(services, view, reloads));
        html.Append($"<div id=\"now\" data-live>{BannerHtml.Of(situation, services.Now)}{ActsHtml.Settings(services)}</div>");
        html.Append(ActsHtml.Kill(services, sessions, view, reloads));
        html.Append($"<div id=\"state\" data-live>{Tables(services, killSwitch, status, supervisors)}</div>");
        html.Append(ActsHtml.Nodes(services, sessions, view, reloads));
        return new PageHtml(BannerHtml.Title(situation), html.ToString()) { IsLive = isLive, Reloads = reloads };
    }

    private static string Tables(NodeServices services, KillSwitchView killSwitch, StatusView status, IReadOnlyList<SupervisorView> supervisors) => string.Concat(
        BannerHtml.Others(status.Situation!, services.Now),
        Table("Scopes", ["Scope", "State", "Why", "Since", "Next"], status.Effective.Select(scope => new[]
        {
            E(scope.Scope), Marked(scope.Level), E(scope.Why ?? scope.Cause), scope.Since is { } since ? BannerHtml.Since(since, services.Now) : string.Empty, scope.Next is { } next ? $"<code>{E(next)}</code>" : string.Empty,
        })),
        Table("Standing trips", ["Trip", "Scope", "Level", "Why", "By", "At"], killSwitch.Trips.Select(trip => new[]
        {
            $"<code>{trip.TripId}</code>", E(trip.Scope) + StopsNothing(services, trip), Level(trip), E($"{trip.Reason} ({trip.Source})"), E(trip.By), trip.At.ToString("u"),
        })),
        Table("Resets waiting for another person", ["Reset", "Trips", "Root cause", "Asked by", "Until"], killSwitch.Resets.Select(reset => new[]
        {
            $"<code>{reset.ResetId}</code>", string.Join("<br>", reset.TripIds.Select(id => $"<code>{id}</code>")), E(reset.RootCause), E(reset.Person), reset.ExpiresAt.ToString("u"),
        })),
        RiskHtml.Changes(killSwitch.Changes),
        RiskHtml.Procedures([.. services.Ops.Procedures.All.Take(10).Select(RiskViews.Of)]),
        Table("Latest escalations", ["At (UTC)", "Severity", "Target", "What"], services.Ops.Escalations.Items.Reverse().Take(15).Select(e => new[] { e.At.ToString("HH:mm:ss"), E(e.Severity), E(e.Target), E(e.Text) })),
        Supervisors(supervisors, services.Now),
        Table("Feeds", ["Feed", "In use", "Backup", "Verdict", "Last tick"], FeedsApi.All(services, supervisors).Select(feed => new[] { E(feed.Feed), E(feed.InUse), E(feed.Backup), Marked(feed.Verdict), Since(feed.LastTickAgeMs, "no tick yet", feed.UnknownSince, services.Now) })),
        Table("Desks", ["Desk", "Region", "Connected", "Strategies"], status.Desks.Select(desk => new[] { E(desk.Desk), E(desk.Region), desk.Connected ? "yes" : "<strong class=\"Unknown\">no</strong>", $"{desk.Strategies}" })),
        ClusterHtml.Nodes(services, status.Nodes!),
        ClusterHtml.Grants(services));

    private static string Supervisors(IReadOnlyList<SupervisorView> supervisors, DateTimeOffset now)
    {
        var shown = supervisors.OrderBy(view => view.Verdict switch { "Critical" => 0, "Unknown" => 1, "Warning" => 2, _ => 3 }).Take(MostSupervisors);
        return Table("Supervisors", ["Target", "Verdict", "Why", "Last signal", "Node"], shown.Select(view =>
            new[] { E($"{view.Kind}/{view.Id}"), Marked(view.Verdict), string.Join("<br>", view.Reasons.Take(4).Select(reason => E(Reason(reason)))), Since(view.LastSignalAgeMs, "no signal yet", view.UnknownSince, now), E(view.Node) }));
    }

    private static string StopsNothing(NodeServices services, TripView trip) => Scope.TryParse(trip.Scope, out var scope) && services.Ops.Unknown(scope) is { } unknown
        ? $"<br><span class=\"crit\">stops nothing: {E(unknown.Sentence)}</span>" : string.Empty;

    private static string Level(TripView trip) => trip.MaxPositionFraction is null && trip.SizeFactor is null ? Marked(trip.Level) : $"<span class=\"CAP\">{E(trip.What)}</span>";

    private static string Reason(ReasonView reason) => reason.Text ?? $"{reason.Rule}: {reason.Note}";

    internal static string Table(string title, string[] heads, IEnumerable<string[]> rows)
    {
        var body = string.Concat(rows.Select(row => "<tr>" + string.Concat(row.Zip(heads, (cell, head) => $"<td data-head=\"{head}\">{(cell.Length == 0 ? string.Empty : $"<div>{cell}</div>")}</td>")) + "</tr>"));
        return body.Length == 0 ? $"<section class=\"none\"><h2>{title}</h2><p class=\"mute\">none</p></section>"
            : $"<section><h2>{title}</h2><table class=\"cards\"><thead><tr>{string.Concat(heads.Select(head => $"<th scope=\"col\">{head}</th>"))}</tr></thead><tbody>{body}</tbody></table></section>";
    }

    /// <summary>How long ago something was; where nothing is known any more, since when.</summary>
    private static string Since(long? ms, string notYet, DateTimeOffset? unknownSince, DateTimeOffset now) =>
        unknownSince is { } since ? $"<span class=\"Unknown\">not known since {BannerHtml.Since(since, now)}</span>" : Since(ms, notYet);

    /// <summary>How long ago something was; a sentence of its own where it has not been at all.</summary>
    internal static string Since(long? ms, string notYet) => ms is { } age ? $"{DurationText.OfMs(age)} ago" : $"<span class=\"Unknown\">{notYet}</span>";

    internal static string Marked(string word) => $"<span class=\"{E(word.Split(' ')[0])}\">{E(word)}</span>";

    internal static string E(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);
}
