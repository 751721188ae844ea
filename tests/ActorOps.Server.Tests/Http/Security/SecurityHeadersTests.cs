using ActorOps.Server.Configuration;
using ActorOps.Server.Http.Security;
using Microsoft.AspNetCore.Http;

namespace ActorOps.Server.Tests.Http.Security;

public class SecurityHeadersTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("https", "node-1.desk.example", 30, "max-age=2592000")]
    [InlineData("https", "node-1.desk.example", 0, "")]
    [InlineData("http", "node-1.desk.example", 30, "")]
    [InlineData("https", "localhost", 30, "")]
    public async Task Over_tls_a_browser_is_told_to_keep_to_tls(string scheme, string host, int days, string expected)
    {
        var context = new DefaultHttpContext { Request = { Scheme = scheme, Host = new HostString(host, 8080) } };
        await new SecurityHeaders(new HttpOptions { HstsMaxAge = TimeSpan.FromDays(days) }).InvokeAsync(context, _ => Task.CompletedTask);
        Assert.Equal(expected, context.Response.Headers.StrictTransportSecurity.ToString());
    }

    [Theory]
    [InlineData("/minimal")]
    [InlineData("/minimal/log-in")]
    [InlineData("/livez")]
    [InlineData("/api/v1/kill-switch")]
    [InlineData("/api/v1/access/principals")]
    [InlineData("/nowhere")]
    public async Task Every_answer_refused_ones_too_forbids_frames_guessing_and_keeping(string path)
    {
        using var response = await server.Anonymous.GetAsync(path);
        string Header(string name) => string.Join(", ", response.Headers.TryGetValues(name, out var values) ? values : []);
        Assert.Contains("default-src 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal(("nosniff", "DENY", "no-store", "same-origin"), (Header("X-Content-Type-Options"), Header("X-Frame-Options"), Header("Cache-Control"), Header("Referrer-Policy")));
    }
}
