using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Api;

/// <summary>The way back: requests, checklists, signatures, approvals. All of it is decided where the kill switch's singleton is, by the caller's own credential.</summary>
internal static class ResetsApi
{
    private const string Operators = "operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapPost("/api/v1/kill-switch/resets", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.ResetBody, (by, body, text) => keys.RunAsync(context, by, text, () => RequestAsync(services, by, body))))).WithMetadata(new HeldBy("kill-switch"));
        app.MapGet("/api/v1/kill-switch/resets/{id:guid}", async (HttpContext context, Guid id) =>
            Bodies.Refuse(context, principal => principal.MayRead, "any but desk") ?? Answer(await services.Ops.KillSwitch.JudgeResetAsync(id).ConfigureAwait(false), 200).Result).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/kill-switch/resets/{id:guid}/signatures", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.SignatureBody, (by, body, text) => keys.RunAsync(context, by, text, async () =>
                Answer(await services.Ops.KillSwitch.SignResetAsync(by, id, body.Item ?? string.Empty, body.Statement ?? string.Empty).ConfigureAwait(false), 200)))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/kill-switch/resets/{id:guid}/approvals", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk || principal.MayAddRisk, "risk", WireJson.Default.ApprovalBody, (by, body, text) => keys.RunAsync(context, by, text, async () =>
                Answer(await services.Ops.KillSwitch.ApproveResetAsync(Approval.Of(by, body.Code, Identities.TokenOf(context)), id).ConfigureAwait(false), 200)))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/kill-switch/trips/{id:guid}/reason", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.ReasonBody, async (by, body, _) =>
                Answer(await services.Ops.KillSwitch.GiveReasonAsync(by, id, body.Reason ?? string.Empty).ConfigureAwait(false), 200).Result)).WithMetadata(new HeldBy("kill-switch"));
    }

    private static async Task<(IResult Result, bool Keep)> RequestAsync(NodeServices services, Principal by, ResetBody body)
    {
        if (body.Shadow is { } figures && !(figures.SlippageRatio is >= 0 and <= 1e6 && Math.Abs(figures.Pnl) <= 10_000_000_000_000m))
        {
            return (Problems.Result(400, "bad-value", "shadow: slippageRatio is from 0 to 1e6, pnl from -1e13 to 1e13"), false);
        }

        var shadow = body.Shadow is { } run ? new ShadowRun(run.From, run.Until, run.Pnl, run.SlippageRatio) : null;
        return Answer(await services.Ops.KillSwitch.RequestResetAsync(by, body.TripIds ?? [], body.Reason ?? string.Empty, body.RootCause ?? string.Empty, body.Evidence, shadow).ConfigureAwait(false), 202);
    }

    private static (IResult Result, bool Keep) Answer(KillSwitchReply reply, int status) => reply switch
    {
        KillSwitchReply.ResetWaiting waiting => (Results.Json(Views.Of(waiting.Request) with { Checks = RiskViews.Of(waiting.Checks) }, WireJson.Default.ResetView, statusCode: status), true),
        KillSwitchReply.Reset reset => (Results.Json(new ApprovalAnswer(reset.ResetId, [.. reset.Recoveries.Select(Views.Of)]), WireJson.Default.ApprovalAnswer), true),
        KillSwitchReply.ReasonKept => (Results.NoContent(), true),
        KillSwitchReply.Rejected rejected => (Problems.Result(StatusOf(rejected.Code), rejected.Code, rejected.Why), false),
        var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
    };

    /// <summary>What a refusal of more risk is in HTTP: the person, the moment, or the words are wrong.</summary>
    internal static int StatusOf(string code) => code switch
    {
        "unknown-trip" or "unknown-reset" or "unknown-change" => 404,
        "stale" or "raised-again" or "reset-expired" or "checklist-open" or "already-asked" or "in-force" or "not-held" or "requester-revoked" => 409,
        "missing-reason" or "unknown-item" or "not-signable" or "unknown-kind" or "bad-override" => 400,
        "too-many-codes" => 429,
        _ => 403,
    };
}
