using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class SupervisorsApi
{
    private const int LargestPage = 1000;

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/api/v1/supervisors", async (HttpContext context, string? kind, int? limit, string? cursor) =>
        {
            var all = (await services.Supervisors.ReadAsync(context.RequestAborted).ConfigureAwait(false)).Where(view => kind is null || view.Kind == kind);
            var page = all.Where(view => cursor is null || string.CompareOrdinal(Name(view), cursor) > 0)
                .OrderBy(Name, StringComparer.Ordinal)
                .Take(Math.Clamp(limit ?? 100, 1, LargestPage) + 1)
                .ToList();
            var more = page.Count > Math.Clamp(limit ?? 100, 1, LargestPage);
            var items = more ? page[..^1] : page;
            return Results.Json(new ItemsView<SupervisorView>(items, more ? Name(items[^1]) : null), WireJson.Default.ItemsViewSupervisorView);
        });
        app.MapGet("/api/v1/supervisors/{kind}/{id}", async (string kind, string id) =>
        {
            var detail = TargetKindNames.TryParse(kind, out var known) ? await services.Ops.InspectAsync(new TargetId(known, id)).ConfigureAwait(false) : null;
            return detail is null
                ? Problems.Result(404, "unknown-target", $"there is no supervisor {kind}/{id}; see /api/v1/supervisors")
                : Results.Json(
                    new SupervisorDetailView(Views.Of(detail.Summary, services), [.. detail.Rules.Select(Views.Of)], detail.Restarts, detail.Dropped, detail.Skewed),
                    WireJson.Default.SupervisorDetailView);
        }).WithMetadata(new HeldBy(HeldBy.Supervisor));
    }

    private static string Name(SupervisorView view) => $"{view.Kind}/{view.Id}";
}
