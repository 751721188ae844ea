using System.Diagnostics;
using ActorOps.Kernel.Asking;
using ActorOps.Kernel.Diagnostics;
using ActorOps.Kernel.Persistence;
using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Pages;

namespace ActorOps.Server.Http.Security;

/// <summary>
/// What every request meets first: allowed host names (a page in a browser must not be led here under another name), the row of the
/// <see cref="RouteTable"/> that lets the caller in, and one form for what goes wrong.
/// </summary>
internal sealed class RequestGuard(NodeServices services, PageSessions pages)
{
    private readonly HashSet<string> _hosts = new(
        services.Configuration.Options.Http.AllowedHosts.Append("localhost").Append("127.0.0.1").Append("[::1]").Append(services.Configuration.Options.Http.Bind).Concat(Advertised(services)), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Advertised(NodeServices services) => Uri.TryCreate(services.Configuration.Options.Http.Advertise, UriKind.Absolute, out var address) ? [address.Host] : [];

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var started = services.System.TimeProvider.GetTimestamp();
        using var causality = IsCommand(context.Request) ? Causality.Begin(Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier) : null;
        using var scope = causality is null ? null : services.Log.BeginScope(causality);
        if (causality is not null)
        {
            context.Response.Headers["Trace-Id"] = Causality.Current;
        }

        try
        {
            if (await AdmitAsync(context).ConfigureAwait(false))
            {
                await next(context).ConfigureAwait(false);
                await ExplainAsync(context).ConfigureAwait(false);
            }
        }
        catch (BadHttpRequestException bad)
        {
            await Problems.WriteAsync(context, bad.StatusCode, bad.StatusCode == 413 ? "body-too-large" : "bad-request", bad.Message).ConfigureAwait(false);
        }
        catch (InvalidDataException bad)
        {
            await Problems.WriteAsync(context, 400, "bad-form", $"the form cannot be read: {bad.Message}").ConfigureAwait(false);
        }
        catch (AskTimeoutException late)
        {
            ServerLog.RequestFailed(services.Log, context.Request.Method, context.Request.Path, late);
            await Problems.WriteAsync(context, 503, "store-unavailable", "the store did not answer in time; the outcome is unknown, look before repeating", retryable: true).ConfigureAwait(false);
        }
        catch (UndeliveredException undelivered)
        {
            ServerLog.RequestFailed(services.Log, context.Request.Method, context.Request.Path, undelivered);
            await Problems.WriteAsync(context, 503, "not-running", "the part that handles this is starting or stopped; nothing was done", retryable: true).ConfigureAwait(false);
        }
        catch (JournalUnavailableException unavailable)
        {
            await Problems.WriteAsync(context, 503, "store-unavailable", unavailable.Message, retryable: true).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: there is nobody to answer.
        }
        finally
        {
            services.Denials.Note(context);
            if (!context.Request.Path.StartsWithSegments("/api/v1/gate") && !context.Request.Path.StartsWithSegments("/api/v1/events"))
            {
                services.Metrics.Requests.Record(services.System.TimeProvider.GetElapsedTime(started).TotalSeconds);
            }
        }
    }

    /// <summary>What it causes in actors, log and journal can be found by its trace id. Signals are many and cause too much to be marked.</summary>
    private static bool IsCommand(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !request.Path.StartsWithSegments("/api/v1/signals");

    /// <summary>What routing refuses has no body of its own.</summary>
    private static Task ExplainAsync(HttpContext context) => context.Response is { HasStarted: false, ContentType: null, StatusCode: >= 400 and var status }
        ? Problems.WriteAsync(context, status, status switch { 404 => "not-found", 405 => "method-not-allowed", 415 => "unsupported-media-type", _ => "bad-request" }, status switch
        {
            404 => $"there is nothing at {context.Request.Path}; the API is described at /openapi/v1.json",
            405 => $"{context.Request.Method} is not possible here; allowed: {context.Response.Headers.Allow}",
            _ => "a parameter of the request has the wrong form; the API is described at /openapi/v1.json",
        })
        : Task.CompletedTask;

    private async Task<bool> AdmitAsync(HttpContext context)
    {
        var isForwarded = LinkDoor.ForwardedBy(context) is not null;
        var endpoint = context.GetEndpoint();
        var rule = RouteTable.Find(endpoint, context.Request.Method);
        Identify(context, rule);

        // Another name is how a page leads a browser here. A good token is nothing that a browser sends by itself, and its kill must not be in vain for a name.
        var isKnownToken = Identities.HasToken(context) && Identities.Of(context) is not null;
        if (!isForwarded && !isKnownToken && !_hosts.Contains(context.Request.Host.Host))
        {
            await Problems.WriteAsync(context, 421, "unknown-host", $"'{context.Request.Host.Host}' is not a name of this node; add it to actorops.http.allowed-hosts, or send a token").ConfigureAwait(false);
            return false;
        }

        var isHealthOpen = services.Configuration.Options.Http.OpenHealthOnLoopback && !isForwarded && Identities.IsLocal(context);
        var refusal = Admission.Judge(endpoint is RouteEndpoint, rule, Identities.Of(context), Identities.HasToken(context), isHealthOpen);
        if (refusal is null)
        {
            return true;
        }

        Denials.Because(context, refusal.Status == 403 ? "role" : Identities.HasToken(context) ? "unknown or expired token" : "no token");
        await Problems.WriteAsync(context, refusal.Status, refusal.Code, refusal.Why).ConfigureAwait(false);
        return false;
    }

    /// <summary>A token says who asks. A page's session counts for reads and for the page's own forms, and only when no token came along.</summary>
    private void Identify(HttpContext context, RouteRule? rule)
    {
        if (Identities.HasToken(context))
        {
            if (services.Credentials.OfToken(Identities.TokenOf(context)) is { } principal)
            {
                Identities.Set(context, principal, () => services.Credentials.Of(principal.TokenHash));
            }
        }
        else if ((HttpMethods.IsGet(context.Request.Method) || rule is { Door: RouteDoor.Page }) && pages.Find(context, services) is { } reader)
        {
            Identities.Set(context, reader, () => pages.Find(context, services));
        }
    }
}
