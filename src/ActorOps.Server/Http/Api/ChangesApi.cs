using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.KillSwitches;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Api;

/// <summary>Changes that add risk: overrides and looser limits.</summary>
internal static class ChangesApi
{
    private const string Operators = "operator, admin, engineering or risk";

    public static void Map(WebApplication app, NodeServices services, IdempotencyKeys keys)
    {
        app.MapGet("/api/v1/changes", (HttpContext context) => Bodies.Refuse(context, principal => principal.MayRead, "any but desk")
            ?? Results.Json(new ItemsView<ChangeView>([.. services.Ops.KillSwitch.Changes.Select(RiskViews.Of)]), WireJson.Default.ItemsViewChangeView));
        app.MapPost("/api/v1/changes", (Func<HttpContext, Task<IResult>>)(context => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.ChangeBody, (by, body, text) => keys.RunAsync(context, by, text, () => RequestAsync(services, by, body))))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/changes/{id:guid}/approvals", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk || principal.MayAddRisk, "risk", WireJson.Default.ApprovalBody, (by, body, text) => keys.RunAsync(context, by, text, async () =>
                Answer(await services.Ops.KillSwitch.ApproveChangeAsync(Approval.Of(by, body.Code, Identities.TokenOf(context)), id).ConfigureAwait(false), 200)))).WithMetadata(new HeldBy("kill-switch"));
        app.MapPost("/api/v1/changes/{id:guid}/end", (HttpContext context, Guid id) => Bodies.HandleAsync(
            context, principal => principal.MayReduceRisk, Operators, WireJson.Default.ReasonBody, async (by, body, _) =>
                Answer(await services.Ops.KillSwitch.EndChangeAsync(by, id, body.Reason ?? string.Empty).ConfigureAwait(false), 200).Result)).WithMetadata(new HeldBy("kill-switch"));
        app.MapGet("/api/v1/limits", () => Results.Json(RiskViews.Of(services.Ops.Limits), WireJson.Default.LimitsView));
    }

    private static async Task<(IResult Result, bool Keep)> RequestAsync(NodeServices services, Principal by, ChangeBody body)
    {
        var limits = services.Ops.Limits;
        if (body.Kind == ChangeKinds.Limits && body.Subject != limits.Proposed?.Hash)
        {
            return (Problems.Result(409, "stale", limits.Proposed is null ? "no configuration asks for looser limits" : $"the limits that are asked for have the hash {limits.Proposed.Hash}; look at them first: actorops config limits"), false);
        }

        if (body.Kind == ChangeKinds.Desk)
        {
            return (Problems.Result(400, "bad-change", "a change of a desk is asked for by its registration; approve the one that waits: actorops change list"), false);
        }

        if (body.Kind == ChangeKinds.Flatten)
        {
            return (Problems.Result(400, "bad-change", "closing positions is asked for with the emergency procedure: POST /api/v1/emergencies"), false);
        }

        if (body.Kind == ChangeKinds.Access)
        {
            return (Problems.Result(400, "bad-change", "access is asked for where it is granted: POST /api/v1/access/principals"), false);
        }

        var summary = body.Kind == ChangeKinds.Limits ? string.Join("; ", limits.Proposed!.Changes) : $"hold {SafeText.Clean(body.Argument ?? string.Empty, 100)} of {SafeText.Clean(body.Subject ?? string.Empty, 100)} does not count";
        var life = body.LifeMs is { } ms ? TimeSpan.FromMilliseconds(Math.Clamp(ms, 0, (long)TimeSpan.FromDays(30).TotalMilliseconds)) : (TimeSpan?)null;
        return Answer(await services.Ops.KillSwitch.RequestChangeAsync(by, body.Kind ?? string.Empty, body.Subject ?? string.Empty, summary, body.Argument, body.Reason ?? string.Empty, life).ConfigureAwait(false), 202);
    }

    private static (IResult Result, bool Keep) Answer(ChangeReply reply, int status) => reply switch
    {
        ChangeReply.Stands stands => (Results.Json(RiskViews.Of(stands.Change), WireJson.Default.ChangeView, statusCode: status), true),
        ChangeReply.Ended => (Results.NoContent(), true),
        ChangeReply.Rejected rejected => (Problems.Result(ResetsApi.StatusOf(rejected.Code), rejected.Code, rejected.Why), false),
        var other => throw new InvalidOperationException($"Unexpected reply {other.GetType().Name}."),
    };
}
