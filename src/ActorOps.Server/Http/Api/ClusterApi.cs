using ActorOps.Client.Wire;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>A lone node as a cluster of one: it is up, and holds every singleton.</summary>
internal static class ClusterApi
{
    public static void Map(WebApplication app, NodeServices services)
    {
        var identity = services.Identity;
        app.MapGet("/api/v1/cluster/members", () => Results.Json(
            new ItemsView<MemberView>([new MemberView(identity.Node, identity.Incarnation, services.Configuration.Options.Node.Region, ["control", "data"], "Up", 0)]), WireJson.Default.ItemsViewMemberView));
        app.MapGet("/api/v1/cluster/singletons", () => Results.Json(
            new ItemsView<SingletonView>([.. services.System.Tree().Children
                .Where(actor => actor.Path.Split('/')[^1] is "kill-switch" or "access" or "desks" or "feeds" or "supervision" or "limits" || actor.Path.Contains("/operator-", StringComparison.Ordinal))
                .Select(actor => new SingletonView(actor.Path.Split('/')[^1], identity.Node, identity.Epoch, actor.State.ToString()))
                .OrderBy(singleton => singleton.Name, StringComparer.Ordinal)]),
            WireJson.Default.ItemsViewSingletonView));
    }
}
