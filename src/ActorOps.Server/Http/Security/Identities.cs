using System.Net;
using ActorOps.Ops.Access;

namespace ActorOps.Server.Http.Security;

/// <summary>Who a request is from.</summary>
internal static class Identities
{
    private const string Key = "actorops-principal";
    private const string AgainKey = "actorops-principal-again";

    /// <summary>The principal that <see cref="RequestGuard"/> found; null for an anonymous reader.</summary>
    public static Principal? Of(HttpContext context) => context.Items[Key] as Principal;

    /// <summary>Notes who asks, and how to find out whether the credential still counts.</summary>
    public static void Set(HttpContext context, Principal principal, Func<Principal?> again) => (context.Items[Key], context.Items[AgainKey]) = (principal, again);

    /// <summary>Whether the credential that the request came with still counts. A request that needed none stays as it was.</summary>
    public static bool StillHolds(HttpContext context) => context.Items[AgainKey] is not Func<Principal?> again || again() is not null;

    public static bool IsLocal(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    /// <summary>The token itself, which opens what is sealed under it; empty without one.</summary>
    public static string TokenOf(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : string.Empty;
    }

    /// <summary>Whether the request carries anything that claims to be a credential of the API.</summary>
    public static bool HasToken(HttpContext context) => context.Request.Headers.Authorization.Count > 0;
}
