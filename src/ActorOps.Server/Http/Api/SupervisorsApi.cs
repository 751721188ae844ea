using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class SupervisorsApi
{
    private const int LargestPage = 1000;

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/api/v1/supervisors", (string? kind, int? limit, string? cursor) =>
        {
            var all = services.Ops.Supervisors.All.Where(summary => kind is null || TargetKindNames.ToWire(summary.Target.Kind) == kind);
            var page = all.Where(summary => cursor is null || string.CompareOrdinal(summary.Target.ToString(), cursor) > 0)
                .OrderBy(summary => summary.Target.ToString(), StringComparer.Ordinal)
                .Take(Math.Clamp(limit ?? 100, 1, LargestPage) + 1)
                .ToList();
            var more = page.Count > Math.Clamp(limit ?? 100, 1, LargestPage);
            var items = more ? page[..^1] : page;
            return Results.Json(
                new ItemsView<SupervisorView>([.. items.Select(summary => Views.Of(summary, services))], more ? items[^1].Target.ToString() : null),
                WireJson.Default.ItemsViewSupervisorView);
        });
        app.MapGet("/api/v1/supervisors/{kind}/{id}", async (string kind, string id) =>
        {
            var detail = TargetKindNames.TryParse(kind, out var known) ? await services.Ops.InspectAsync(new TargetId(known, id)).ConfigureAwait(false) : null;
            return detail is null
                ? Problems.Result(404, "unknown-target", $"there is no supervisor {kind}/{id}; see /api/v1/supervisors")
                : Results.Json(
                    new SupervisorDetailView(Views.Of(detail.Summary, services), [.. detail.Rules.Select(Views.Of)], detail.Restarts, detail.Dropped, detail.Skewed),
                    WireJson.Default.SupervisorDetailView);
        });
    }
}
