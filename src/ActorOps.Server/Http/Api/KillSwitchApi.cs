using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace ActorOps.Server.Http.Api;

internal static class KillSwitchApi
{
    private const long LargestTripBody = 16 * 1024 * 1024;

    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/kill-switch", () => Results.Json(View(services), WireJson.Default.KillSwitchView));
        app.MapPost("/api/v1/kill-switch/trips", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            Roomy(context), principal => principal.MayReduceRisk || principal.Roles.Contains(Role.Desk), "operator, admin, engineering, risk or desk", WireJson.Default.TripBody, (by, body, _) => TripAsync(context, services, by, body))));
        app.MapPost("/api/v1/kill-switch/resets", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, "operator, admin, engineering or risk", WireJson.Default.ResetBody, (by, body, text) => keys.RunAsync(context, by, text, () => ResetAsync(services, by, body))))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/kill-switch/resets/{id:guid}/approvals", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk || principal.MayAddRisk, "risk", WireJson.Default.ApprovalBody, (by, _, text) => keys.RunAsync(context, by, text, () => ApproveAsync(services, by, id)))).WithMetadata(new HeldBy("kill-switch"));
    }

    public static KillSwitchView View(NodeServices services)
    {
        var current = services.Ops.KillSwitch.Current;
        return new KillSwitchView(Views.Effective(current), [.. current.Trips.Select(Views.Of)], [.. services.Ops.KillSwitch.OpenResets.Select(Views.Of)]);
    }

    public static async Task<IResult> TripAsync(HttpContext context, NodeServices services, Principal by, TripBody body)
    {
        if (!Scope.TryParse(body.Scope, out var scope))
        {
            return Problems.Result(400, "bad-scope", $"'{SafeText.Clean(body.Scope, 100)}' is no scope: use firm, region/R, broker/B, account/A, strategy/S or symbol/X", errors: [new ProblemErrorView("/scope", "no scope")]);
        }

        if (!TradingStateNames.TryParse(body.Level, out var level) || level == TradingState.Active)
        {
            return Problems.Result(400, "bad-level", $"'{SafeText.Clean(body.Level, 100)}' is no level of a trip: use REDUCE_ONLY, CANCEL_ONLY or KILLED", errors: [new ProblemErrorView("/level", "no level")]);
        }

        if (by.Roles.Contains(Role.Desk) && !by.MayReduceRisk && !OwnScope(services, by, scope))
        {
            return Problems.Result(403, "forbidden", $"desk '{by.Desk}' may trip its own strategies, accounts and brokers, not {scope}");
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, level, string.IsNullOrEmpty(body.Source) ? "api" : body.Source, by.Name, by.Person)
        {
            Reason = body.Reason,
            Drill = body.Drill,
            IdempotencyKey = key.Length > 0 ? $"{by.Name}/{key}" : null,
        }).ConfigureAwait(false);
        if (!receipt.Latched)
        {
            return Problems.Result(507, "not-latched", $"trip {receipt.Trip.TripId} is in force on {receipt.Trip.Node} but could not be written to its latch; free its disk, and trip on another node too");
        }

        var answer = new TripAnswer(receipt.Trip.TripId, receipt.Trip.RaisedAt, receipt.Trip.Node, new PropagationView(receipt.Propagation.Nodes, receipt.Propagation.Acknowledged, receipt.Propagation.Missing), receipt.Durable, scope.ToString(), level.ToWire());
        return Results.Json(answer, WireJson.Default.TripAnswer, statusCode: receipt.IsNew ? 201 : 200);
    }

    /// <summary>Long reasons are cut, not refused: a body is read far past what any caller needs before the limit stops an attack on memory.</summary>
    private static HttpContext Roomy(HttpContext context)
    {
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LargestTripBody;
        return context;
    }

    private static bool OwnScope(NodeServices services, Principal by, Scope scope) =>
        by.Desk is { } id && services.Ops.Registry.Find(id) is { } desk && scope.Kind is "strategy" or "account" or "broker" && Ops.Desks.DeskRegistry.ScopesOf(desk).Contains(scope);

    private static async Task<(IResult Result, bool Keep)> ResetAsync(NodeServices services, Principal by, ResetBody body) =>
        await services.Ops.KillSwitch.RequestResetAsync(by, body.TripIds ?? [], body.Reason ?? string.Empty, body.RootCause ?? string.Empty, body.Evidence).ConfigureAwait(false) switch
        {
            KillSwitchReply.ResetWaiting waiting => (Results.Json(Views.Of(waiting.Request), WireJson.Default.ResetView, statusCode: 202), true),
            KillSwitchReply.Rejected rejected => (Problems.Result(rejected.Code switch { "forbidden" => 403, "unknown-trip" => 404, _ => 400 }, rejected.Code, rejected.Why), false),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };

    private static async Task<(IResult Result, bool Keep)> ApproveAsync(NodeServices services, Principal by, Guid id) =>
        await services.Ops.KillSwitch.ApproveResetAsync(by, id).ConfigureAwait(false) switch
        {
            KillSwitchReply.Reset reset => (Results.Json(new ApprovalAnswer(reset.ResetId, [.. reset.Recoveries.Select(Views.Of)]), WireJson.Default.ApprovalAnswer), true),
            KillSwitchReply.Rejected rejected => (Problems.Result(rejected.Code switch { "unknown-reset" => 404, "stale" or "raised-again" or "reset-expired" => 409, _ => 403 }, rejected.Code, rejected.Why), false),
            var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
        };
}
