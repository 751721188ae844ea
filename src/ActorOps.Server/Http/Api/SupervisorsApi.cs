using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Api;

internal static class SupervisorsApi
{
    private const int LargestPage = 1000;

    public static void Map(WebApplication app, NodeServices services)
    {
        app.MapGet("/api/v1/supervisors", async (HttpContext context, string? kind, int? limit, string? cursor) =>
        {
            var owned = OwnTargets(context, services);
            var all = (await services.Supervisors.ReadAsync(context.RequestAborted).ConfigureAwait(false)).Where(view => (kind is null || view.Kind == kind) && owned?.Contains((view.Kind, view.Id)) != false);
            var page = all.Where(view => cursor is null || string.CompareOrdinal(Name(view), cursor) > 0)
                .OrderBy(Name, StringComparer.Ordinal)
                .Take(Math.Clamp(limit ?? 100, 1, LargestPage) + 1)
                .ToList();
            var more = page.Count > Math.Clamp(limit ?? 100, 1, LargestPage);
            var items = more ? page[..^1] : page;
            return Results.Json(new ItemsView<SupervisorView>(items, more ? Name(items[^1]) : null), WireJson.Default.ItemsViewSupervisorView);
        });
        app.MapGet("/api/v1/supervisors/{kind}/{id}", async (HttpContext context, string kind, string id) =>
        {
            var isSeen = TargetKindNames.TryParse(kind, out var known) && OwnTargets(context, services)?.Contains((kind, id)) != false;
            var target = new TargetId(known, id);
            var detail = isSeen ? await services.Ops.InspectAsync(target).ConfigureAwait(false) : null;
            return detail is null && isSeen && services.Ops.Targets.Any(registered => registered.Id == target)
                ? Problems.Result(503, "not-running", $"the supervisor of {kind}/{id} is starting or stopped; try again", retryable: true)
                : detail is null ? Problems.Result(404, "unknown-target", $"there is no supervisor {kind}/{id}; see /api/v1/supervisors")
                : Results.Json(
                    new SupervisorDetailView(Views.Of(detail.Summary, services), [.. detail.Rules.Select(Views.Of)], detail.Restarts, detail.Dropped, detail.Skewed),
                    WireJson.Default.SupervisorDetailView);
        }).WithMetadata(new HeldBy(HeldBy.Supervisor));
    }

    /// <summary>What a desk may see, by kind and id; null for those who may see everything. Of other desks it does not even learn what they have.</summary>
    private static HashSet<(string Kind, string Id)>? OwnTargets(HttpContext context, NodeServices services) => Identities.Of(context) is { MayRead: false } desk
        ? [.. services.Ops.Targets.Where(target => target.Desk == desk.Desk).Select(target => (target.Id.Kind.ToWire(), target.Id.Id))]
        : null;

    private static string Name(SupervisorView view) => $"{view.Kind}/{view.Id}";
}
