using System.Globalization;
using ActorOps.Client.Wire;
using ActorOps.Ops.Access;
using ActorOps.Ops.Signals;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace ActorOps.Server.Http.Api;

internal static class SignalsApi
{
    private const int LongestSession = 100;

    public static void Map(WebApplication app, NodeServices services) =>
        app.MapPost("/api/v1/signals", (Func<HttpContext, Task<IResult>>)(context => ReceiveAsync(context, services)));

    private static async Task<IResult> ReceiveAsync(HttpContext context, NodeServices services)
    {
        if (Bodies.Refuse(context, principal => principal.Roles.Contains(Role.Desk) || principal.MayManageAccess, "desk") is { } refused)
        {
            return refused;
        }

        if (ReadHeader(context.Request.Headers, out var header) is { } bad)
        {
            return bad;
        }

        // A stream may be endless and slow; its memory is bounded by the pipe, not by its length.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        using var lifetime = ServerSentEvents.Lifetime(context);
        SignalBatchResult result;
        try
        {
            result = await services.Ops.IngestAsync(context.Request.BodyReader, Identities.Of(context)!, header, lifetime.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.IsRevoked)
        {
            return Problems.Result(401, "unauthenticated", "the token was revoked or has expired while its signals were read; what came before counts");
        }

        services.Metrics.SignalsAccepted.Add(result.Accepted);
        services.Metrics.SignalsRejected.Add(result.Rejected);
        services.Metrics.SignalsMissing.Add(result.Missing);
        var answer = new SignalsAnswer(result.Accepted, result.Rejected, [.. result.Errors.Select(error => new SignalErrorView(error.Line, error.Code, error.Detail))])
        {
            Repeated = result.Repeated,
            Missing = result.Missing,
            Warnings = [.. result.Warnings.Select(warning => new SignalWarningView(warning.Line, warning.Field, warning.Code, warning.Detail))],
        };
        return Results.Json(answer, WireJson.Default.SignalsAnswer);
    }

    private static IResult? ReadHeader(IHeaderDictionary headers, out SignalBatchHeader header)
    {
        header = new SignalBatchHeader();
        var session = headers["ActorOps-Session"].ToString();
        if (session.Length > LongestSession)
        {
            return Problems.Result(400, "bad-session", $"ActorOps-Session has {session.Length} characters, at most {LongestSession} are taken");
        }

        if (session.Length > 0)
        {
            var sequence = headers["ActorOps-Sequence"].ToString();
            if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var firstLine))
            {
                return Problems.Result(400, "bad-sequence", $"ActorOps-Sequence is '{sequence}', expected the number of this batch's first line, 0 or more");
            }

            header = new SignalBatchHeader(session, firstLine);
        }

        var sent = headers["ActorOps-Sent"].ToString();
        if (sent.Length > 0)
        {
            if (!DateTimeOffset.TryParse(sent, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sentAt))
            {
                return Problems.Result(400, "bad-sent", $"ActorOps-Sent is '{sent}', expected the sender's time, such as 2026-01-05T14:30:00.123Z (RFC 3339)");
            }

            header = header with { SentAt = sentAt };
        }

        return null;
    }
}
