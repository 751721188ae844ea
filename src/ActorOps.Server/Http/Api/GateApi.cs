using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Gates;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Quotas;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Api;

/// <summary>Sessions, echoes, streams and acknowledgements of desks.</summary>
internal static class GateApi
{
    private const int MostErrors = 100;

    public static void Map(WebApplication app, NodeServices services)
    {
        var quotas = new HelloQuotas(services);
        app.MapPost("/api/v1/gate/sessions", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(context, MayBeDesk, "desk", WireJson.Default.HelloBody, (by, body, _) => HelloAsync(services, quotas, by, body))));
        app.MapPost("/api/v1/gate/sessions/{id}/echo", (HttpContext context, string id) => Bodies.HandleAsync(context, MayBeDesk, "desk", WireJson.Default.EchoBody, (by, body, _) =>
        {
            var session = services.Ops.Gates.Find(id);
            if (session is null || !Owns(by, session.Desk))
            {
                return Task.FromResult(Problems.Result(404, "unknown-session", "there is no such gate session; say hello again"));
            }

            return Task.FromResult(services.Ops.Gates.OnEcho(session, body.Echo)
                ? Results.NoContent()
                : Problems.Result(409, "bad-echo", "this echo does not continue the session's earlier ones: send your boot-time clock in nanoseconds, above 0, or say hello again", errors: [new ProblemErrorView("/echo", "more than 30 s from where the earlier echoes put the clock")]));
        }));
        app.MapGet("/api/v1/gate", (Func<HttpContext, string?, string?, Task<IResult>>)((context, desk, session) => StreamAsync(context, services, desk, session)));
        app.MapPost("/api/v1/control-events/{id:guid}/ack", (HttpContext context, Guid id, string? session) => Bodies.HandleAsync(context, MayBeDesk, "desk", WireJson.Default.AckBody, async (by, body, _) =>
        {
            if (session is not null && services.Ops.Gates.Find(session) is { } named && !Owns(by, named.Desk))
            {
                return Problems.Result(404, "unknown-session", "there is no such gate session of this desk");
            }

            var answer = by.Desk is { } desk ? await services.Ops.Gates.AcknowledgeAsync(desk, id, body.Outcome, body.Detail).ConfigureAwait(false) : ControlAnswer.Unknown;
            return answer switch
            {
                ControlAnswer.Taken => Results.NoContent(),
                ControlAnswer.Repeated => Results.StatusCode(StatusCodes.Status200OK),
                _ => Problems.Result(404, "unknown-control", $"there is no order {id} to this desk"),
            };
        }));
    }

    private static bool MayBeDesk(Principal principal) => principal.Roles.Contains(Role.Desk);

    private static bool Owns(Principal principal, string desk) => principal.Desk == desk;

    private static async Task<IResult> HelloAsync(NodeServices services, HelloQuotas quotas, Principal by, HelloBody body)
    {
        if (string.IsNullOrEmpty(body.Desk) || !Owns(by, body.Desk))
        {
            return Problems.Result(403, "forbidden", $"'{by.Name}' speaks for desk '{by.Desk}', not for '{body.Desk}'");
        }

        if (body.Targets is { } sent && HasHoles(sent))
        {
            return Problems.Result(400, "bad-desk", "the targets hold a null where an account, strategy, feed, broker or component is expected");
        }

        var described = body.Targets is { } targets ? ToDesk(body.Desk, targets) : null;
        if (quotas.Refuse(body, described) is { } tooMuch)
        {
            return tooMuch.ToResult();
        }

        var (registered, refused) = described is not null ? await RegisterAsync(services, by, described).ConfigureAwait(false) : (null, null);
        if (refused is not null)
        {
            return refused;
        }

        if (services.Ops.Registry.Find(body.Desk) is not { } desk)
        {
            return Problems.Result(404, "unknown-desk", $"desk '{Ops.KillSwitches.SafeText.Clean(body.Desk, 100)}' is not registered; send its targets in the hello or add it to actorops.desks");
        }

        if (services.Ops.Gates.Open(desk.Id, body.KnownTrips ?? []) is not { } session)
        {
            return HelloQuotas.NoRoom(body.Desk).ToResult();
        }

        var renew = (int)services.Configuration.Options.Gate.Renew.TotalMilliseconds;
        return Results.Json(new HelloAnswer(session.Id, ToTargets(desk), renew) { Nodes = Nodes(services, desk.Region), Warnings = DeskWarnings.Of(registered) }, WireJson.Default.HelloAnswer, statusCode: 201);
    }

    private static async Task<(DeskReply.Registered? Registered, IResult? Refused)> RegisterAsync(NodeServices services, Principal by, Desk wanted)
    {
        if (DeskBounds.Problems(wanted) is { Count: > 0 } problems)
        {
            var detail = string.Join("; ", problems.Take(10).Select(problem => problem.Detail));
            return (null, Problems.Result(400, "bad-desk", detail, errors: [.. problems.Take(MostErrors).Select(problem => new ProblemErrorView("/targets" + problem.Pointer, problem.Detail))]));
        }

        return await services.Ops.RegisterAsync(wanted, by.Name, by.Person).ConfigureAwait(false) switch
        {
            DeskReply.Registered registered => (registered, null),
            DeskReply.Rejected rejected => (null, Problems.Result(rejected.Code == "bad-desk" ? 400 : 409, rejected.Code, rejected.Why)),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> StreamAsync(HttpContext context, NodeServices services, string? desk, string? sessionId)
    {
        if (Bodies.Refuse(context, MayBeDesk, "desk") is { } refused)
        {
            return refused;
        }

        // Whose it is comes first: to open a session may end an older one of that desk.
        if (desk is not null && !Owns(Identities.Of(context)!, desk))
        {
            return Problems.Result(404, "unknown-session", "there is no such gate session for this desk; say hello first: POST /api/v1/gate/sessions");
        }

        var session = sessionId is null
            ? desk is not null && services.Ops.Registry.Find(desk) is not null ? services.Ops.Gates.Open(desk, []) : null
            : services.Ops.Gates.Find(sessionId);
        if (session is null || !Owns(Identities.Of(context)!, session.Desk) || (desk is not null && desk != session.Desk))
        {
            return Problems.Result(404, "unknown-session", "there is no such gate session for this desk; say hello first: POST /api/v1/gate/sessions");
        }

        ServerSentEvents.Begin(context);
        services.Ops.Gates.Attach(session);
        using var lifetime = ServerSentEvents.Lifetime(context);
        try
        {
            await foreach (var e in session.Events.ReadAllAsync(lifetime.Token).ConfigureAwait(false))
            {
                await ServerSentEvents.WriteAsync(context, null, e.Name, e.Json).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (lifetime.IsCancellationRequested || context.RequestAborted.IsCancellationRequested)
        {
            // The desk has gone or was cut off, or the node ends.
        }
        finally
        {
            services.Ops.Gates.Detach(session);
        }

        return Results.Empty;
    }

    private static List<string> Nodes(NodeServices services, string region) => [.. services.Cluster.Node.View.Members
        .Where(member => member.State is Cluster.Membership.MemberState.Up && member.Description.Url.Length > 0)
        .OrderByDescending(member => member.Description.Region == region)
        .Select(member => member.Description.Url)];

    private static bool HasHoles(DeskTargets targets) =>
        targets.Accounts.Contains(null!) || targets.Strategies.Contains(null!) || targets.Feeds.Contains(null!) || targets.Brokers.Contains(null!) || targets.Components.Contains(null!);

    private static Desk ToDesk(string id, DeskTargets targets) => new(id, targets.Region, targets.BaseCurrency, targets.Aum)
    {
        Accounts = [.. targets.Accounts.Select(account => new DeskAccount(account.Id, account.Broker, account.Aum))],
        Strategies = [.. targets.Strategies.Select(strategy => new DeskStrategy(strategy.Id, strategy.Account, strategy.Feed, strategy.Aum, strategy.Model))],
        Feeds = [.. targets.Feeds.Select(feed => new DeskFeed(feed.Id, feed.Backup))],
        Brokers = [.. targets.Brokers.Select(broker => new DeskBroker(broker.Id, broker.Backup))],
        Components = targets.Components,
    };

    private static DeskTargets ToTargets(Desk desk) => new(desk.Region, desk.BaseCurrency, desk.Aum)
    {
        Accounts = [.. desk.Accounts.Select(account => new AccountTarget(account.Id, account.Broker, account.Aum))],
        Strategies = [.. desk.Strategies.Select(strategy => new StrategyTarget(strategy.Id, strategy.Account, strategy.Feed, strategy.Aum, strategy.Model))],
        Feeds = [.. desk.Feeds.Select(feed => new FeedTarget(feed.Id, feed.Backup))],
        Brokers = [.. desk.Brokers.Select(broker => new FeedTarget(broker.Id, broker.Backup))],
        Components = desk.Components,
    };
}
