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
        app.MapPost("/api/v1/kill-switch/trips", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleTextAsync(
            Roomy(context), principal => principal.MayReduceRisk || principal.Roles.Contains(Role.Desk), "operator, admin, engineering, risk or desk", (by, text) => TripAsync(context, services, by, text))));
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

    private static async Task<IResult> TripAsync(HttpContext context, NodeServices services, Principal by, string text)
    {
        var (ask, refusal) = TripAsk.Read(services, text);
        if (ask is null)
        {
            return refusal!.ToResult();
        }

        var (scope, level, body) = (ask.Scope, ask.Level, ask.Body);
        if (by.Roles.Contains(Role.Desk) && !by.MayReduceRisk && !OwnScope(services, by, scope))
        {
            return Problems.Result(403, "forbidden", $"desk '{by.Desk}' may trip its own strategies, accounts and brokers, not {scope}");
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
        if (TripAsk.NotLatched(receipt) is { } unlatched)
        {
            return unlatched.ToResult();
        }

        var answer = ask.Answer(services, receipt);
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
