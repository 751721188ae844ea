using System.Security.Cryptography;
using System.Text;
using ActorOps.Client.Wire;
using ActorOps.Kernel.Asking;
using ActorOps.Ops.Access;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Procedures;
using ActorOps.Ops.Scopes;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Api;

/// <summary>Emergencies and rollbacks. Both take risk off: they begin on the node that is asked, and continue wherever they can.</summary>
internal static class ProceduresApi
{
    private const string Operators = "operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services)
    {
        Reads(app, services, "emergencies", ProcedureNames.Emergency);
        Reads(app, services, "rollbacks", ProcedureNames.Rollback);
        app.MapPost("/api/v1/emergencies", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.EmergencyBody, (by, body, _) => EmergencyAsync(context, services, by, body))));
        app.MapPost("/api/v1/rollbacks", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.RollbackBody, (by, body, _) => RollbackAsync(context, services, by, body))));
    }

    private static void Reads(WebApplication app, NodeServices services, string path, string kind)
    {
        app.MapGet($"/api/v1/{path}", (HttpContext context) => Bodies.Refuse(context, principal => principal.MayRead, "any but desk")
            ?? Results.Json(new ItemsView<ProcedureView>([.. services.Ops.Procedures.All.Where(procedure => procedure.Kind == kind).Take(100).Select(procedure => View(services, procedure))]), WireJson.Default.ItemsViewProcedureView));
        app.MapGet($"/api/v1/{path}/{{id:guid}}", (HttpContext context, Guid id) => Bodies.Refuse(context, principal => principal.MayRead, "any but desk")
            ?? (services.Ops.Procedures.Find(id) is { } procedure && procedure.Kind == kind
                ? Results.Json(View(services, procedure), WireJson.Default.ProcedureView)
                : Problems.Result(404, "unknown-procedure", $"no {kind} {id} is known on this node; see /api/v1/{path}")));
    }

    /// <summary>Begins the emergency procedure for a scope that is tripped already, or will be by its first step.</summary>
    internal static async Task<(ProcedureView? View, IResult? Refusal)> BeginEmergencyAsync(HttpContext context, NodeServices services, Principal by, Scope scope, string reason, Guid? tripId, (bool Flatten, bool Shutdown, bool OrderDesks) body)
    {
        var arguments = new Dictionary<string, string>();
        if (body.Flatten)
        {
            arguments[ProcedureNames.Flatten] = "true";
        }

        if (body.Shutdown)
        {
            arguments[ProcedureNames.Shutdown] = "true";
        }

        if (body.OrderDesks)
        {
            arguments[ProcedureNames.OrderDesks] = "true";
        }

        if (tripId is { } id)
        {
            arguments[ProcedureNames.TripId] = id.ToString();
        }

        var asked = New(context, services, by, ProcedureNames.Emergency, scope, reason) with { Arguments = arguments };
        var (procedure, code, why) = await services.Ops.Procedures.StartAsync(asked, mayRunAlone: true).ConfigureAwait(false);
        if (procedure is null)
        {
            return (null, Problems.Result(409, code!, why!));
        }

        if (body.Flatten)
        {
            await AskToFlattenAsync(services, by, procedure).ConfigureAwait(false);
        }

        return (View(services, procedure), null);
    }

    private static async Task<IResult> EmergencyAsync(HttpContext context, NodeServices services, Principal by, EmergencyBody body)
    {
        if (!Scope.TryParse(body.Scope, out var scope))
        {
            return ScopeChecks.NotAScope(services, body.Scope);
        }

        if (ScopeChecks.Unknown(services, scope) is { } unknown)
        {
            return unknown;
        }

        if (body.Flatten && !body.DryRun && body.Confirm != scope.ToString())
        {
            return Problems.Result(400, "not-confirmed", $"closing positions needs the scope typed once more: confirm must be '{scope}'", errors: [new ProblemErrorView("/confirm", "not the scope")]);
        }

        if (body.DryRun)
        {
            var arguments = new Dictionary<string, string> { [ProcedureNames.Flatten] = body.Flatten ? "true" : "false", [ProcedureNames.Shutdown] = body.Shutdown ? "true" : "false" };
            return Planned(services, New(context, services, by, ProcedureNames.Emergency, scope, body.Reason) with { Arguments = arguments });
        }

        if (Known(context, services, by, ProcedureNames.Emergency) is { } known)
        {
            return Results.Json(known, WireJson.Default.ProcedureView, statusCode: 202);
        }

        // The block is in force before anything durable is asked for.
        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, TradingState.Killed, ProcedureNames.Emergency, by.Name, by.Person) { Origin = TripOrigin.Emergency, Reason = body.Reason }).ConfigureAwait(false);
        var (view, refusal) = await BeginEmergencyAsync(context, services, by, scope, body.Reason ?? string.Empty, receipt.Trip.TripId, (body.Flatten, body.Shutdown, OrderDesks: false)).ConfigureAwait(false);
        return refusal ?? Results.Json(view, WireJson.Default.ProcedureView, statusCode: 202);
    }

    private static async Task<IResult> RollbackAsync(HttpContext context, NodeServices services, Principal by, RollbackBody body)
    {
        if (!Scope.TryParse(body.Scope ?? "firm", out var scope))
        {
            return ScopeChecks.NotAScope(services, body.Scope);
        }

        if (ScopeChecks.Unknown(services, scope) is { } unknown)
        {
            return unknown;
        }

        var asked = New(context, services, by, ProcedureNames.Rollback, scope, body.Reason);
        if (body.TargetVersion is { } version)
        {
            asked = asked with { Arguments = new Dictionary<string, string> { [ProcedureNames.TargetVersion] = version } };
        }

        if (body.DryRun)
        {
            return Planned(services, asked);
        }

        if (Known(context, services, by, ProcedureNames.Rollback) is { } known)
        {
            return Results.Json(known, WireJson.Default.ProcedureView, statusCode: 202);
        }

        if (services.Ops.Procedures.Plan(asked) is { Problem: { } problem })
        {
            return Problems.Result(409, "cannot-start", problem);
        }

        if (string.IsNullOrWhiteSpace(body.Reason))
        {
            return Problems.Result(400, "missing-reason", "a rollback carries a reason");
        }

        // Trading stops here and now, whichever node carries out the rest.
        var receipt = await services.Ops.KillSwitch.TripAsync(new TripRequest(scope, TradingState.Killed, ProcedureNames.Rollback, by.Name, by.Person) { Origin = TripOrigin.Rollback, Reason = body.Reason }).ConfigureAwait(false);
        asked = asked with { Arguments = new Dictionary<string, string>(asked.Arguments) { [ProcedureNames.TripId] = receipt.Trip.TripId.ToString() } };
        try
        {
            var (procedure, code, why) = await services.Ops.Procedures.StartAsync(asked, mayRunAlone: false).ConfigureAwait(false);
            return procedure is null ? Problems.Result(409, code!, why!) : Results.Json(View(services, procedure), WireJson.Default.ProcedureView, statusCode: 202);
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
        {
            return Problems.Result(503, "store-unavailable", $"{scope} is tripped to KILLED ({receipt.Trip.TripId}); the rest of the rollback could not be begun, repeat this with the same Idempotency-Key: {reason.Message}", retryable: true);
        }
    }

    private static IResult Planned(NodeServices services, Procedure asked)
    {
        var (planned, problem) = services.Ops.Procedures.Plan(asked);
        return problem is null ? Results.Json(View(services, planned), WireJson.Default.ProcedureView) : Problems.Result(409, "cannot-start", problem);
    }

    private static async Task AskToFlattenAsync(NodeServices services, Principal by, Procedure procedure)
    {
        try
        {
            await services.Ops.KillSwitch.RequestChangeAsync(
                by, ChangeKinds.Flatten, procedure.ProcedureId.ToString(), $"close every position of {procedure.Scope} at market", null, procedure.Reason.Length > 0 ? procedure.Reason : "emergency", null).ConfigureAwait(false);
        }
        catch (Exception reason) when (reason is AskTimeoutException or UndeliveredException)
        {
            // Blocking and cancelling continue without it; its step says that nobody could be asked.
            ServerLog.FlattenNotAsked(services.Log, procedure.ProcedureId, reason.Message);
        }
    }

    /// <summary>Under an idempotency key the id is always the same: asked twice, by whatever node, it is begun once.</summary>
    private static Procedure New(HttpContext context, NodeServices services, Principal by, string kind, Scope scope, string? reason)
    {
        var id = IdOf(context, by, kind) ?? Guid.CreateVersion7(services.Now);
        return new Procedure(id, kind, scope, SafeText.Clean(reason ?? string.Empty, 1000), by.Name, by.Person, services.Now);
    }

    private static Guid? IdOf(HttpContext context, Principal by, string kind) => context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key
        ? new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}/{by.Name}/{key}")).AsSpan(0, 16))
        : null;

    /// <summary>What was begun under this key: it is neither begun nor tripped for again.</summary>
    private static ProcedureView? Known(HttpContext context, NodeServices services, Principal by, string kind) =>
        IdOf(context, by, kind) is { } id && services.Ops.Procedures.Find(id) is { } procedure ? View(services, procedure) : null;

    internal static ProcedureView View(NodeServices services, Procedure procedure) => RiskViews.Of(procedure) with
    {
        FlattenChangeId = services.Ops.KillSwitch.Changes.FirstOrDefault(change => change.Kind == ChangeKinds.Flatten && change.Subject == procedure.ProcedureId.ToString())?.ChangeId,
    };
}
