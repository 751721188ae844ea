namespace ActorOps.Server.Http.Pages;

/// <summary>
/// Where a browser says that a form comes from. <c>Sec-Fetch-Site</c> decides where it is sent: no page can write it. It is not sent over plain
/// HTTP to another machine, and not by old browsers; there <c>Origin</c> decides, and <c>null</c>, which hides where a form comes from, is refused.
/// Programs that are not browsers send neither header: they carry no cookie that somebody else could use.
/// </summary>
internal static class FormOrigin
{
    /// <summary>True for a form of this page, or of no page at all.</summary>
    public static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var isOwnOrigin = origin.Length == 0 || string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return request.Headers["Sec-Fetch-Site"].ToString() switch
        {
            "same-origin" => true,
            "" or "none" => isOwnOrigin,
            _ => false,
        };
    }
}
