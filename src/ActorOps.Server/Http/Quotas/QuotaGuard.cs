using ActorOps.Server.Clustering;
using ActorOps.Server.Hosting;
using ActorOps.Server.Http.Connections;
using ActorOps.Server.Http.Pages;
using ActorOps.Server.Http.Security;

namespace ActorOps.Server.Http.Quotas;

/// <summary>Stands behind the identity and before every route: no body is read, and nothing is kept, for a request beyond its principal's share.</summary>
internal sealed class QuotaGuard(NodeServices services, ConnectionPool connections, PageSessions pages)
{
    private readonly StandingQuotas _standing = new(services);
    private readonly RequestQuotas _quotas = new(services.Configuration.Options.Quotas);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var principal = Identities.Of(context) ?? pages.Find(context, services);

        // By the route that was found: routing takes a slash at the end, and letters and methods of any case.
        var rule = RouteTable.Find(context.GetEndpoint(), context.Request.Method);
        var (method, path) = (rule?.Method ?? context.Request.Method, rule?.Pattern ?? context.Request.Path.Value ?? string.Empty);
        var kind = RequestQuotas.KindOf(method, path);
        if (principal is not null && ConnectionDoor.SlotOf(context) is { } slot && !connections.TryKnow(slot, principal.Name) && kind != RequestKind.Kill)
        {
            context.Response.Headers.Connection = "close";
            await Problems.WriteAsync(context, kind == RequestKind.Alerts ? 503 : 429, "too-many-connections", $"'{principal.Name}' has too many connections open (actorops.quotas.connections-per-principal); close some", retryable: true).ConfigureAwait(false);
            return;
        }

        var isStranger = principal is null && LinkDoor.ForwardedBy(context) is null;
        if ((isStranger || kind == RequestKind.Kill) && !await EarlyBody.ReadAsync(context, isStranger ? RequestQuotas.StrangerBody : RequestQuotas.SmallTripBody, services.System.TimeProvider).ConfigureAwait(false))
        {
            return;
        }

        var (lease, refused) = _standing.Refuse(method, path, principal) is { } full
            ? (null, full)
            : _quotas.Take(kind, principal?.Name ?? LinkDoor.ForwardedBy(context)?.ToString(), LengthOf(context.Request));
        using (lease)
        {
            await (refused is null ? next(context) : Problems.WriteAsync(context, refused.Status, refused.Code, refused.Why, refused.IsRetryable)).ConfigureAwait(false);
        }
    }

    private static long? LengthOf(HttpRequest request) => request.ContentLength
        ?? (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || (HttpMethods.IsDelete(request.Method) && request.Headers.TransferEncoding.Count == 0) ? 0 : null);
}
