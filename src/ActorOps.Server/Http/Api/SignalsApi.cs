using System.Globalization;
using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ActorOps.Server.Http.Api;

internal static class SignalsApi
{
    public static void Map(WebApplication app, NodeServices services) =>
        app.MapPost("/api/v1/signals", (Func<HttpContext, Task<IResult>>)(context => ReceiveAsync(context, services)));

    private static async Task<IResult> ReceiveAsync(HttpContext context, NodeServices services)
    {
        if (Bodies.Refuse(context, principal => principal.Roles.Contains(Role.Desk) || principal.MayManageAccess, "desk") is { } refused)
        {
            return refused;
        }

        long firstLine = 0;
        var session = context.Request.Headers["ActorOps-Session"].ToString();
        var sequence = context.Request.Headers["ActorOps-Sequence"].ToString();
        if (session.Length > 0 && !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out firstLine))
        {
            return Problems.Result(400, "bad-sequence", $"ActorOps-Sequence is '{sequence}', expected the number of this batch's first line, 0 or more");
        }

        // A stream may be endless and slow; its memory is bounded by the pipe, not by its length.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        var result = await services.Ops.IngestAsync(context.Request.BodyReader, Identities.Of(context)!, session.Length > 0 ? session : null, firstLine, context.RequestAborted).ConfigureAwait(false);
        services.Metrics.SignalsAccepted.Add(result.Accepted);
        services.Metrics.SignalsRejected.Add(result.Rejected);
        services.Metrics.SignalsMissing.Add(result.Missing);
        var answer = new SignalsAnswer(result.Accepted, result.Rejected, [.. result.Errors.Select(error => new SignalErrorView(error.Line, error.Code, error.Detail))])
        {
            Repeated = result.Repeated,
            Missing = result.Missing,
        };
        return Results.Json(answer, WireJson.Default.SignalsAnswer);
    }
}
