using ActorOps.Client.Wire;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class StatusApi
{
    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/", () => Results.Redirect("/minimal"));
        app.MapGet("/api/v1/status", (Func<HttpContext, Task<IResult>>)(async context => Results.Json(await ViewAsync(services, context.RequestAborted).ConfigureAwait(false), WireJson.Default.StatusView)));
        app.MapGet("/api/v1/actors", () => Results.Json(Actor(services.System.Tree()), WireJson.Default.ActorView));
        app.MapGet("/api/v1/config", () => Results.Json(
            new ConfigView([.. services.Configuration.Items.Select(item => new ConfigItemView(item.Key, item.Value, item.From))]), WireJson.Default.ConfigView));
        app.MapGet("/api/v1/escalations", () => Results.Json(
            new ItemsView<EscalationView>([.. services.Ops.Escalations.Items.Reverse().Select(e => new EscalationView(e.EscalationId, e.Target, e.Path, e.Severity, e.Rule, e.Text, e.At))]),
            WireJson.Default.ItemsViewEscalationView));
    }

    public static async Task<StatusView> ViewAsync(NodeServices services, CancellationToken cancellation)
    {
        var desks = services.Supervisors.ReadDesksAsync(cancellation);
        return View(services, await services.Supervisors.ReadAsync(cancellation).ConfigureAwait(false), await desks.ConfigureAwait(false));
    }

    public static StatusView View(NodeServices services, IReadOnlyList<SupervisorView> supervisors, IReadOnlySet<string> connected)
    {
        var (ops, facts) = (services.Ops, services.Situation.Facts());
        var situation = services.Situation.Read(facts);
        return new StatusView(
            new NodeView(services.Identity.Node, services.Configuration.Options.Node.Region, NodeServices.Version, services.Identity.Incarnation, services.NowMs - services.StartedMs, situation.Health),
            Views.Effective(facts),
            ops.Board.Current.Trips.Count(),
            ops.Escalations.Items.Count,
            supervisors.GroupBy(view => view.Verdict).ToDictionary(group => group.Key, group => group.Count()),
            [.. ops.Registry.Desks.OrderBy(desk => desk.Id, StringComparer.Ordinal).Select(desk => new DeskView(desk.Id, desk.Region, connected.Contains(desk.Id), desk.Strategies.Count))])
        {
            Situation = SituationViews.Of(situation),
            Nodes = SituationViews.Nodes(services, facts),
        };
    }

    private static ActorView Actor(ActorNode node) =>
        new(node.Path, node.Type, node.State.ToString(), node.MailboxDepth, node.Restarts, (long)node.Age.TotalMilliseconds, node.LastFailure, [.. node.Children.OrderBy(child => child.Path, StringComparer.Ordinal).Select(Actor)])
        {
            Stashed = node.Stashed,
            Processed = node.Processed,
            LastWaitMs = node.LastWait.TotalMilliseconds,
            HandlingMs = (long)node.Handling.TotalMilliseconds,
        };
}
