using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActorOps.Ops.Access;
using ActorOps.Server.Hosting;

namespace ActorOps.Server.Http.Pages;

/// <summary>
/// Sessions of the page without any state on the server: a cookie that names the principal and its end, signed with a key of this process.
/// A revoked principal's cookie is void with it.
/// </summary>
internal sealed class PageSessions(DateTimeOffset started)
{
    private const string Cookie = "actorops-session";
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>When this process began: sessions of an earlier one are void.</summary>
    public DateTimeOffset Started => started;

    public void Begin(HttpContext context, Principal principal, DateTimeOffset now)
    {
        var content = $"{principal.TokenHash}.{(now + Life).ToUnixTimeSeconds()}";
        context.Response.Cookies.Append(Cookie, $"{content}.{Sign(content)}", new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = Life,
        });
    }

    public static void End(HttpContext context) => context.Response.Cookies.Delete(Cookie);

    public Principal? Find(HttpContext context, NodeServices services)
    {
        var parts = context.Request.Cookies[Cookie]?.Split('.');
        if (parts is not { Length: 3 } || !Matches(Sign($"{parts[0]}.{parts[1]}"), parts[2])
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var end) || services.Now.ToUnixTimeSeconds() > end)
        {
            return null;
        }

        return services.Ops.AccessBoard.Principals.FirstOrDefault(principal => principal.TokenHash == parts[0]) ?? services.BreakGlass?.FindHash(parts[0]);
    }

    /// <summary>Token of a form: good for one principal and one action.</summary>
    public string FormToken(Principal principal, string action) => Sign($"form.{principal.TokenHash}.{action}");

    public bool IsFormToken(Principal principal, string action, string token) => Matches(FormToken(principal, action), token);

    private string Sign(string content) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(content)));

    private static bool Matches(string expected, string actual) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(actual));
}
