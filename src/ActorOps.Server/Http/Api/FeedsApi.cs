using ActorOps.Client.Wire;
using ActorOps.Ops.Feeds;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

internal static class FeedsApi
{
    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/feeds", (Func<HttpContext, Task<IResult>>)(async context => Results.Json(new ItemsView<FeedView>(await AllAsync(services, context.RequestAborted).ConfigureAwait(false)), WireJson.Default.ItemsViewFeedView)));
        app.MapGet("/api/v1/feeds/{id}", async (HttpContext context, string id) => (await AllAsync(services, context.RequestAborted).ConfigureAwait(false)).FirstOrDefault(feed => feed.Feed == id) is { } feed
            ? Results.Json(feed, WireJson.Default.FeedView)
            : Problems.Result(404, "unknown-feed", $"there is no feed '{id}'; see /api/v1/feeds"));
        app.MapPost("/api/v1/feeds/{id}/switch", (HttpContext context, string id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, "operator, admin, engineering or risk", WireJson.Default.FeedSwitchBody, (by, body, text) => keys.RunAsync(context, by, text, () => SwitchAsync(services, id, body, by.Name)))).WithMetadata(new HeldBy("feeds"));
    }

    public static async Task<IReadOnlyList<FeedView>> AllAsync(NodeServices services, CancellationToken cancellation) => All(services, await services.Supervisors.ReadAsync(cancellation).ConfigureAwait(false));

    public static IReadOnlyList<FeedView> All(NodeServices services, IReadOnlyList<SupervisorView> supervisors)
    {
        var verdicts = supervisors.Where(view => view.Kind == "feed").ToDictionary(view => view.Id);
        return [.. from desk in services.Ops.Registry.Desks
                   from feed in desk.Feeds
                   orderby feed.Id
                   let view = verdicts.GetValueOrDefault(feed.Id)
                   select new FeedView(feed.Id, desk.Id, feed.Backup, services.Ops.ActiveFeeds.For(feed.Id), view?.Verdict ?? "Unknown", view?.LastSignalAgeMs) { UnknownSince = view?.UnknownSince }];
    }

    private static async Task<(IResult Result, bool Keep)> SwitchAsync(NodeServices services, string id, FeedSwitchBody body, string by) =>
        await services.Ops.SwitchFeedAsync(new FeedCommand.Switch(id, body.To, by, SafeText.Clean(body.Reason, 500))).ConfigureAwait(false) switch
        {
            FeedReply.Active active => (Results.Json((await AllAsync(services, CancellationToken.None).ConfigureAwait(false)).First(feed => feed.Feed == active.Feed) with { InUse = active.InUse }, WireJson.Default.FeedView), true),
            FeedReply.Rejected rejected => (Problems.Result(rejected.Code == "unknown-feed" ? 404 : 409, rejected.Code, rejected.Why), false),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };
}
