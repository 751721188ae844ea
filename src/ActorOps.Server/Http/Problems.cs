using System.Diagnostics;
using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Server.Http;

/// <summary>Errors as RFC 9457 problem details with a stable code.</summary>
internal static class Problems
{
    public static IResult Result(int status, string code, string detail, bool retryable = false, IReadOnlyList<ProblemErrorView>? errors = null) =>
        new ProblemResult(View(status, code, detail, retryable, errors));

    public static async Task WriteAsync(HttpContext context, int status, string code, string detail, bool retryable = false)
    {
        if (context.Response.HasStarted)
        {
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        if (status is 429 or 503)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        await context.Response.WriteAsync(JsonSerializer.Serialize(View(status, code, detail, retryable, null), WireJson.Default.ProblemView)).ConfigureAwait(false);
    }

    private static ProblemView View(int status, string code, string detail, bool retryable, IReadOnlyList<ProblemErrorView>? errors) =>
        new(code.Replace('-', ' '), status, detail, code, retryable, Activity.Current?.TraceId.ToString()) { Errors = errors };
}
