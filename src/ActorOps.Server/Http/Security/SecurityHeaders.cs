using ActorOps.Server.Configuration;

namespace ActorOps.Server.Http.Security;

/// <summary>
/// What every answer tells a browser: nothing of it is run, framed, guessed at, kept or handed to other sites, and over TLS this host is asked over TLS only.
/// Pages replace the content policy by one that allows their own style and script.
/// </summary>
internal sealed class SecurityHeaders(HttpOptions options)
{
    private readonly string? _strictTransport = options.HstsMaxAge > TimeSpan.Zero ? $"max-age={(long)options.HstsMaxAge.TotalSeconds}" : null;

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";

        // With no-referrer browsers send "Origin: null" with our own forms, as if they came from elsewhere.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        // On localhost it would take every other program's port with it.
        if (_strictTransport is not null && context.Request.IsHttps && !string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            headers.StrictTransportSecurity = _strictTransport;
        }

        return next(context);
    }
}
