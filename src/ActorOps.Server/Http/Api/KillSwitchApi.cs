using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Quotas;
using Microsoft.AspNetCore.Http.Features;

namespace ActorOps.Server.Http.Api;

internal static class KillSwitchApi
{
    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/kill-switch", () => Results.Json(View(services), WireJson.Default.KillSwitchView));
        app.MapPost("/api/v1/kill-switch/trips", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            Roomy(context), principal => principal.MayReduceRisk || principal.Roles.Contains(Role.Desk), "operator, admin, engineering, risk or desk", WireJson.Default.TripBody, (by, body, _) => TripAsync(context, services, by, body))));
        ResetsApi.Map(app, services, keys);
    }

    public static KillSwitchView View(NodeServices services)
    {
        var current = services.Ops.KillSwitch.Current;
        var causes = services.Ops.KillSwitch.Causes;
        return new KillSwitchView(Views.Effective(services.Situation.Facts()), [.. current.Trips.Select(trip => Views.Of(trip) with { Reason = services.Ops.KillSwitch.ReasonOf(trip), Causes = Views.Of(causes.GetValueOrDefault(trip.TripId)) })], [.. services.Ops.KillSwitch.OpenResets.Select(Views.Of)])
        {
            Changes = [.. services.Ops.KillSwitch.Changes.Select(RiskViews.Of)],
        };
    }

    public static async Task<IResult> TripAsync(HttpContext context, NodeServices services, Principal by, TripBody body)
    {
        if (!Scope.TryParse(body.Scope, out var scope))
        {
            return ScopeChecks.NotAScope(services, body.Scope);
        }

        if (!TradingStateNames.TryParse(body.Level, out var level) || level == TradingState.Active)
        {
            return Problems.Result(400, "bad-level", $"'{SafeText.Clean(body.Level, 100)}' is not a level of a trip: use REDUCE_ONLY, CANCEL_ONLY or KILLED", errors: [new ProblemErrorView("/level", "not a level")]);
        }

        if (by.Roles.Contains(Role.Desk) && !by.MayReduceRisk && !OwnScope(services, by, scope))
        {
            return Problems.Result(403, "forbidden", $"desk '{by.Desk}' may trip its own strategies, accounts and brokers, not {scope}");
        }

        if (body.Flatten && body.Confirm != scope.ToString())
        {
            return Problems.Result(400, "not-confirmed", $"closing positions needs the scope typed once more: confirm must be '{scope}'; trip without it first if that takes time", errors: [new ProblemErrorView("/confirm", "not the scope")]);
        }

        if (TripQuota.Refuse(services, by.Name, scope) is { } full)
        {
            return full.ToResult();
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, level, $"api:{by.Name}", by.Name, by.Person)
        {
            Reason = body.Reason,
            Evidence = body.Evidence,
            // A person chooses an id to raise one trip on several nodes; a desk has no need to, and might choose that of another order.
            TripId = by.MayReduceRisk ? body.TripId : null,
            Drill = body.Drill,
            IdempotencyKey = key.Length is > 0 and <= 200 ? $"{by.Name}/{key}" : null,
        }).ConfigureAwait(false);
        if (!receipt.Latched)
        {
            return Problems.Result(507, "not-latched", $"trip {receipt.Trip.TripId} is in force on {receipt.Trip.Node} but could not be written to its latch (its disk is full, broken or stuck); see to its disk, and trip on another node too");
        }

        var answer = new TripAnswer(receipt.Trip.TripId, receipt.Trip.RaisedAt, receipt.Trip.Node, new PropagationView(receipt.Propagation.Nodes, receipt.Propagation.Acknowledged, receipt.Propagation.Missing), receipt.Durable, scope.ToString(), level.ToWire())
        {
            UnknownScope = ScopeChecks.View(services.Ops.Unknown(scope)),
        };
        if ((body.Cancel || body.Flatten) && answer.UnknownScope is null)
        {
            var (procedure, _) = await ProceduresApi.BeginEmergencyAsync(context, services, by, scope, body.Reason ?? string.Empty, receipt.Trip.TripId, (body.Flatten, Shutdown: false, OrderDesks: level < TradingState.Killed)).ConfigureAwait(false);
            answer = answer with { ProcedureId = procedure?.ProcedureId, FlattenChangeId = procedure is null ? null : services.Ops.KillSwitch.Changes.FirstOrDefault(change => change.Subject == procedure.ProcedureId.ToString())?.ChangeId };
        }

        return Results.Json(answer, WireJson.Default.TripAnswer, statusCode: receipt.IsNew ? 201 : 200);
    }

    /// <summary>Long reasons are cut, not refused: a body is read far past what any caller needs before the limit stops an attack on memory.</summary>
    internal static HttpContext Roomy(HttpContext context)
    {
        // A small body has been read already.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = RequestQuotas.LargestTripBody;
        }

        return context;
    }

    private static bool OwnScope(NodeServices services, Principal by, Scope scope) =>
        by.Desk is { } id && services.Ops.Registry.Find(id) is { } desk && scope.Kind is "strategy" or "account" or "broker" && Ops.Desks.DeskRegistry.ScopesOf(desk).Contains(scope);
}
