using System.Globalization;
using ActorOps.Client.Wire;
using ActorOps.Cluster.Leases;
using ActorOps.Cluster.Membership;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>Members, singletons, shards and links as this node last saw them in the store, and what a person may do to members.</summary>
internal static class ClusterApi
{
    /// <summary>Roles that may.</summary>
    public const string Needs = "admin or engineering";

    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/cluster", () => Results.Json(Overview(services), WireJson.Default.ClusterSummaryView));
        app.MapGet("/api/v1/cluster/members", () => Results.Json(new ItemsView<MemberView>(Members(services)), WireJson.Default.ItemsViewMemberView));
        app.MapGet("/api/v1/cluster/singletons", () => Results.Json(new ItemsView<SingletonView>(Grants(services, isShard: false)), WireJson.Default.ItemsViewSingletonView));
        app.MapGet("/api/v1/cluster/shards", () => Results.Json(new ItemsView<SingletonView>(Grants(services, isShard: true)), WireJson.Default.ItemsViewSingletonView));
        app.MapGet("/api/v1/cluster/links", () => Results.Json(new ItemsView<LinkView>(Links(services)), WireJson.Default.ItemsViewLinkView));
        app.MapGet("/api/v1/cluster/events", (Func<HttpContext, Task<IResult>>)(context => TailAsync(context, services)));
        foreach (var verb in (string[])["leave", "down", "drain", "join"])
        {
            app.MapPost($"/api/v1/cluster/members/{{id}}/{verb}", (HttpContext context, string id) => Bodies.HandleAsync(
                context, May, Needs, WireJson.Default.ReasonBody, (by, body, text) => keys.RunAsync(context, by, text, async () => await ChangeAsync(services, verb, id, by, body).ConfigureAwait(false) is { } refusal ? (refusal.ToResult(), false) : (Results.Accepted(), true))));
        }
    }

    public static IReadOnlyList<MemberView> Members(NodeServices services) =>
    [
        .. services.Cluster.Node.View.Members.Select(member => new MemberView(
            member.Key.Node,
            member.Key.Incarnation,
            member.Description.Region,
            member.Description.Roles,
            State(member),
            (long)(member.HeartbeatAge + services.Cluster.ViewAge).TotalMilliseconds)
        {
            Url = member.Description.Url,
            Version = member.Description.Version,
            Weight = member.Description.Weight,
        }),
    ];

    public static IReadOnlyList<SingletonView> Grants(NodeServices services, bool isShard) =>
    [
        .. services.Cluster.Node.View.Grants.Where(grant => grant.Name.StartsWith("shard/", StringComparison.Ordinal) == isShard)
            .Select(grant => new SingletonView(grant.Name, grant.Phase == GrantPhase.Free ? string.Empty : grant.Holder?.Node ?? string.Empty, grant.Epoch, grant.Phase switch { GrantPhase.Active => "Running", GrantPhase.Draining => "Draining", _ => "Free" })),
    ];

    /// <summary>Who may do something to nodes.</summary>
    public static bool May(Principal principal) => principal.Roles.Contains(Role.Admin) || principal.Roles.Contains(Role.Engineering);

    /// <summary>A node that is drained is up, but has no part in the work.</summary>
    private static string State(Member member) => member.State == MemberState.Up && member.IsExpired ? "Silent" : member.State == MemberState.Up && member.Description.Weight <= 0 ? "Drained" : member.State.ToString();

    private static ClusterSummaryView Overview(NodeServices services)
    {
        var view = services.Cluster.Node.View;
        var trust = services.Cluster.TrustLeft;
        return new ClusterSummaryView(services.Configuration.Options.Cluster.Name, view.StoreId, services.Store.Engine, view.Generation, services.Identity.Node, services.Identity.Incarnation, (long)trust.TotalMilliseconds)
        {
            TrustEndedAt = services.Cluster.TrustEndedAgo is { } ago ? services.Now - ago : null,
            Members = view.Members.Where(member => member.State is not MemberState.Removed).GroupBy(State).ToDictionary(group => group.Key, group => group.Count()),
            Singletons = Grants(services, isShard: false).Count,
            Shards = Grants(services, isShard: true).Count,
            Unheld = [.. view.Grants.Where(grant => grant.Phase == GrantPhase.Free).Select(grant => grant.Name)],
        };
    }

    private static IReadOnlyList<LinkView> Links(NodeServices services) =>
        [.. services.Cluster.Links.Links.Select(link => new LinkView(link.Peer.Node, link.Peer.Incarnation, link.Silence is { } silence ? (long)silence.TotalMilliseconds : null, link.Waiting, link.Refused, link.LastFailure))];

    /// <summary>Does it, or says why not. Who did what is journalled as soon as that can be.</summary>
    public static async Task<Refusal?> ChangeAsync(NodeServices services, string verb, string id, Principal by, ReasonBody body)
    {
        if (services.Cluster.Node.View.Members.FirstOrDefault(member => member.Key.Node == id) is not { } member || !member.State.IsAlive())
        {
            return new Refusal(404, "unknown-node", $"there is no living node '{SafeText.Clean(id, 100)}'; see actorops cluster members");
        }

        if (body.Weight is { } asked && (verb != "join" || asked is not (> 0 and <= 100)))
        {
            return new Refusal(400, "bad-weight", "weight is for join, above 0 and up to 100; 1 is usual, drain gives 0");
        }

        if (verb == "down" && member.Key.Node == services.Identity.Node)
        {
            return new Refusal(409, "alive", $"{id} answers this request, so it is not dead; to end it: actorops cluster leave {id} --reason TEXT");
        }

        var table = services.Store.Membership;
        var reason = SafeText.Clean(body.Reason, 500);
        if (verb == "down")
        {
            ServerLog.DeclaredDown(services.Log, by.Name, member.Key.ToString(), reason);
        }

        var isSo = verb switch
        {
            "drain" => await table.SetWeightAsync(member.Key, 0).ConfigureAwait(false),
            "join" => await table.SetWeightAsync(member.Key, body.Weight ?? 1).ConfigureAwait(false),
            "down" => await table.EvictAsync(member.Key, member.Beats, proven: true).ConfigureAwait(false) is EvictResult.Evicted or EvictResult.Gone,
            _ => member.State == MemberState.Leaving || await table.MoveAsync(member.Key, MemberState.Up, MemberState.Leaving).ConfigureAwait(false),
        };
        if (!isSo)
        {
            return new Refusal(409, "not-done", $"{member.Key} is not as this node last saw it, nothing was changed; see actorops cluster members and try again", IsRetryable: true);
        }

        services.Store.Doorbell.Ring();
        _ = RecordAsync(services, new AccessCommand.NoteNodeChange(Guid.CreateVersion7(services.Now), member.Key.ToString(), verb, by.Name, by.Person, reason));
        return null;
    }

    /// <summary>The change may have ended the node that would record it: its successor is asked again.</summary>
    private static async Task RecordAsync(NodeServices services, AccessCommand.NoteNodeChange note)
    {
        try
        {
            await Insisting.AskAsync(services, () => services.Ops.ChangeAccessAsync(note), services.Cluster.Node.Lease.Fenced).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException or OperationCanceledException)
        {
            ServerLog.NodeChangeNotRecorded(services.Log, note.By, note.Action, note.Node, note.Reason, reason.Message);
        }
    }

    private static async Task<IResult> TailAsync(HttpContext context, NodeServices services)
    {
        ServerSentEvents.Begin(context);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        using var lifetime = ServerSentEvents.Lifetime(context);
        long number = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        try
        {
            while (true)
            {
                foreach (var (next, at, text) in services.Cluster.Events.After(number))
                {
                    await ServerSentEvents.WriteAsync(context, next.ToString(CultureInfo.InvariantCulture), "cluster", $"{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {text}").ConfigureAwait(false);
                    number = next;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(200), services.System.TimeProvider, lifetime.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested)
        {
            return Results.Empty;
        }
    }
}
