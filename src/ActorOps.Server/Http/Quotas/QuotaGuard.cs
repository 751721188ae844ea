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
        var kind = RequestQuotas.KindOf(context.Request.Method, context.Request.Path.Value ?? string.Empty);
        if (principal is not null && ConnectionDoor.SlotOf(context) is { } slot && !connections.TryKnow(slot, principal.Name) && kind != RequestKind.Kill)
        {
            context.Response.Headers.Connection = "close";
            await Problems.WriteAsync(context, kind == RequestKind.Alerts ? 503 : 429, "too-many-connections", $"'{principal.Name}' has too many connections open (actorops.quotas.connections-per-principal); close some", retryable: true).ConfigureAwait(false);
            return;
        }

        var (lease, refused) = _standing.Refuse(context.Request.Method, context.Request.Path.Value ?? string.Empty, principal) is { } full
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
