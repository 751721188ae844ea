using ActorOps.Client.Wire;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class FeedsApi
{
    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/feeds", () => Results.Json(new ItemsView<FeedView>([.. All(services)]), WireJson.Default.ItemsViewFeedView));
        app.MapGet("/api/v1/feeds/{id}", (string id) => All(services).FirstOrDefault(feed => feed.Feed == id) is { } feed
            ? Results.Json(feed, WireJson.Default.FeedView)
            : Problems.Result(404, "unknown-feed", $"there is no feed '{id}'; see /api/v1/feeds"));
        app.MapPost("/api/v1/feeds/{id}/switch", (HttpContext context, string id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, "operator, admin, engineering or risk", WireJson.Default.FeedSwitchBody, (by, body, text) => keys.RunAsync(context, by, text, () => SwitchAsync(services, id, body, by.Name))));
    }

    public static IEnumerable<FeedView> All(NodeServices services) =>
        from desk in services.Ops.Registry.Desks
        from feed in desk.Feeds
        orderby feed.Id
        let summary = services.Ops.Supervisors.Find(new TargetId(TargetKind.Feed, feed.Id))
        select new FeedView(feed.Id, desk.Id, feed.Backup, services.Ops.ActiveFeeds.For(feed.Id), summary?.Verdict.ToString() ?? "Unknown", summary?.LastSignalMs is { } last ? services.NowMs - last : null);

    private static async Task<(IResult Result, bool Keep)> SwitchAsync(NodeServices services, string id, FeedSwitchBody body, string by) =>
        await services.Ops.SwitchFeedAsync(new FeedCommand.Switch(id, body.To, by, SafeText.Clean(body.Reason, 500))).ConfigureAwait(false) switch
        {
            FeedReply.Active active => (Results.Json(All(services).First(feed => feed.Feed == active.Feed), WireJson.Default.FeedView), true),
            FeedReply.Rejected rejected => (Problems.Result(rejected.Code == "unknown-feed" ? 404 : 409, rejected.Code, rejected.Why), false),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };
}
