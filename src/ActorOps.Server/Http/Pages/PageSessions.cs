using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Pages;

/// <summary>
/// Sessions of the page. The cookie is a random number; what it stands for is kept here and asked of <see cref="Security.Credentials"/> at each use, so a session ends with its
/// token's revocation or expiry, with the log-out, and after 12 h.
/// </summary>
internal sealed class PageSessions(DateTimeOffset started)
{
    private const string Cookie = "actorops-session";

    /// <summary>Sessions of one principal; the oldest one ends when another one begins.</summary>
    private const int MostOfOne = 20;

    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, PageSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>When this process began: sessions of an earlier one are void.</summary>
    public DateTimeOffset Started => started;

    public void Begin(HttpContext context, Principal principal, DateTimeOffset now)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Tidy(principal.TokenHash, now);
        _sessions[id] = new PageSession(principal.TokenHash, now, now + Life);
        context.Response.Cookies.Append(Cookie, id, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Life,
        });
    }

    public void End(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } id)
        {
            _sessions.TryRemove(id, out _);
        }

        context.Response.Cookies.Delete(Cookie);
    }

    /// <summary>Whose session it is now; null without one, and when it or its token has ended.</summary>
    public Principal? Find(HttpContext context, NodeServices services) =>
        context.Request.Cookies[Cookie] is { } id && _sessions.TryGetValue(id, out var session) && services.Now < session.EndsAt ? services.Credentials.Of(session.TokenHash) : null;

    /// <summary>Token of a form: good for one principal and one action.</summary>
    public string FormToken(Principal principal, string action) => Sign($"form.{principal.TokenHash}.{action}");

    public bool IsFormToken(Principal principal, string action, string token) => Matches(FormToken(principal, action), token);

    private void Tidy(string tokenHash, DateTimeOffset now)
    {
        foreach (var (id, _) in _sessions.Where(entry => entry.Value.EndsAt <= now).Concat(_sessions.Where(entry => entry.Value.TokenHash == tokenHash).OrderByDescending(entry => entry.Value.BeganAt).Skip(MostOfOne - 1)).ToList())
        {
            _sessions.TryRemove(id, out _);
        }
    }

    private string Sign(string content) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(content)));

    private static bool Matches(string expected, string actual) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual));

    private sealed record PageSession(string TokenHash, DateTimeOffset BeganAt, DateTimeOffset EndsAt);
}
