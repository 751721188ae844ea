using System.Net;
using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Security;

/// <summary>Who a request is from.</summary>
internal sealed class Identities(NodeServices services)
{
    private const string Key = "actorops-principal";

    /// <summary>The principal that <see cref="RequestGuard"/> found; null for an anonymous reader.</summary>
    public static Principal? Of(HttpContext context) => context.Items[Key] as Principal;

    public static void Set(HttpContext context, Principal principal) => context.Items[Key] = principal;

    /// <summary>The owner of the bearer token; null without one or with a stranger's.</summary>
    public Principal? FromToken(HttpContext context) => Token(context) is { } token ? services.Ops.AccessBoard.Find(token) ?? services.BreakGlass?.Find(token) : null;

    public static bool HasToken(HttpContext context) => Token(context) is not null;

    public static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    /// <summary>The token itself, which opens what is sealed under it; empty without one.</summary>
    public static string TokenOf(HttpContext context) => Token(context) ?? string.Empty;

    private static string? Token(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }
}
