using System.Net;

namespace ActorOps.PaperDesk.Running;

/// <summary>
/// Who may knock at the desk's door. It stands on loopback and has no token, so a web page in a browser on this machine is the stranger to keep out: by the Host that a
/// rebound name cannot hide, by the headers that browsers send and pages cannot take away, and by a content type that forms cannot send.
/// </summary>
internal static class DoorGuard
{
    private const string Forbidden = "403 Forbidden";
    private static readonly string[] Methods = ["GET", "POST", "DELETE"];

    /// <summary>The refusal; null: the request may pass.</summary>
    public static (string Status, string Body)? Refuse(ControlRequest request)
    {
        if (!Methods.Contains(request.Method))
        {
            return ("405 Method Not Allowed", "use GET, POST or DELETE\n");
        }

        if (!request.Headers.TryGetValue("Host", out var host) || !IsLoopback(host))
        {
            return (Forbidden, "Host must be 127.0.0.1, localhost or [::1], with or without a port: other names are refused\n");
        }

        var site = request.Headers.GetValueOrDefault("Sec-Fetch-Site");
        if (request.Headers.ContainsKey("Origin") || (site is not null && (site != "none" || request.Method != "GET")))
        {
            return (Forbidden, "requests from a web page are refused; use curl or another program\n");
        }

        var type = request.Headers.GetValueOrDefault("Content-Type");
        return (type is null && request.Body.Length == 0) || (type is not null && IsJson(type)) ? null : ("415 Unsupported Media Type", "a body must be application/json; parameters go into the query\n");
    }

    private static bool IsJson(string type) => type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>A name or address of this machine. No address is looked up: a name that somebody else answers for is a stranger.</summary>
    private static bool IsLoopback(string host)
    {
        var colon = host.LastIndexOf(':');
        var hasPort = colon > host.LastIndexOf(']') && colon > 0;
        if (hasPort && !ushort.TryParse(host.AsSpan(colon + 1), out _))
        {
            return false;
        }

        var name = hasPort ? host[..colon] : host;
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name == "[::1]" || (name.Count(c => c == '.') == 3 && IPAddress.TryParse(name, out var address) && address.ToString() == name && IPAddress.IsLoopback(address));
    }
}
