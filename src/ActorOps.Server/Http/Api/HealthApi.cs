using ActorOps.Client.Wire;
using ActorOps.Ops.Situations;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class HealthApi
{
    private const int MostProblems = 100;

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/livez", () => Results.Text("ok\n"));

        // A node that can take a trip is ready, killed or not, store or not; ?for=control asks for more.
        app.MapGet("/readyz", (string? @for) =>
        {
            var problems = services.Situation.Read().Findings.Where(finding => finding.IsNodeFault).Select(finding => finding.Sentence).ToList();
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

    /// <summary>The situation in one word, with everything that was found.</summary>
    private static HealthView View(NodeServices services)
    {
        var situation = services.Situation.Read();
        return new HealthView(situation.Health, [.. situation.Findings.Where(finding => finding.Kind != FindingKinds.Drill).Take(MostProblems).Select(finding => finding.Sentence)]) { Situation = SituationViews.Of(situation) };
    }
}
