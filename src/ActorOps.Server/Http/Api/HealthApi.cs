using ActorOps.Client.Wire;
using ActorOps.Ops.Rules;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class HealthApi
{
    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/livez", () => Results.Text("ok\n"));

        // A node that can take a trip is ready, killed or not, store or not; ?for=control asks for more.
        app.MapGet("/readyz", (string? @for) =>
        {
            var problems = Problems(services).ToList();
            var ready = services.Ops.WhenReady.IsCompletedSuccessfully && (@for != "control" || problems.Count == 0);
            return Results.Text(ready ? "ready\n" : $"not ready: {string.Join("; ", problems)}\n", statusCode: ready ? 200 : 503);
        });
        app.MapGet("/health", () =>
        {
            var view = View(services);
            return Results.Json(view, WireJson.Default.HealthView, statusCode: view.Status == "unhealthy" ? 503 : 200);
        });
        app.MapGet("/metrics", () => Results.Text(services.Metrics.Writer.Write(), "text/plain; version=0.0.4; charset=utf-8"));
    }

    public static HealthView View(NodeServices services)
    {
        var problems = Problems(services).ToList();
        var degraded = services.Ops.Supervisors.All.Where(summary => summary.Verdict != Verdict.Healthy).Select(summary => $"{summary.Target} is {summary.Verdict}")
            .Concat(services.Ops.Board.Current.Levels.Select(level => $"{level.Key} is {Ops.Scopes.TradingStateNames.ToWire(level.Value.Level)} by {level.Value.Cause}")).ToList();
        return new HealthView(problems.Count > 0 ? "unhealthy" : degraded.Count > 0 ? "degraded" : "healthy", [.. problems, .. degraded]);
    }

    private static IEnumerable<string> Problems(NodeServices services)
    {
        if (!services.Ops.WhenReady.IsCompletedSuccessfully)
        {
            yield return "latch and journal are not merged yet";
        }

        if (services.Cluster.TrustLeft <= TimeSpan.Zero)
        {
            yield return "the store has not confirmed this node in time: it gives no permits";
        }

        if (services.Cluster.Peers.Grants.HolderOf("kill-switch") is null)
        {
            yield return "no node holds kill-switch: trips work, resets wait";
        }

        foreach (var actor in services.System.Tree().Children.Where(actor => actor.State is not Kernel.Actors.CellState.Running and not Kernel.Actors.CellState.Starting))
        {
            yield return $"{actor.Path} is {actor.State}: {actor.LastFailure}";
        }
    }
}
