using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ActorOps.Ops.Access;
using ActorOps.Server.Http.Security;
using Microsoft.AspNetCore.Routing;

namespace ActorOps.Server.Tests.Http.Security;

/// <summary>The table of routes against what is mapped, against the reference, and against a running node.</summary>
public class RouteTableTests(RoleFixture roles) : IClassFixture<RoleFixture>
{
    private const string Refused = "needs one of the roles";

    [Fact]
    public void Every_mapped_route_has_a_row_and_every_row_a_route()
    {
        var mapped = (from endpoint in roles.Server.Endpoints.OfType<RouteEndpoint>()
                      from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]
                      select $"{method} {endpoint.RoutePattern.RawText}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(RouteTable.All.Select(rule => $"{rule.Method} {rule.Pattern}").Order(StringComparer.Ordinal), mapped);
    }

    [Fact]
    public void The_reference_shows_the_table()
    {
        var document = File.ReadAllText(RepositoryRoot.Find("docs/reference/access.md"));
        Assert.Contains(Document(), document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_role_reaches_its_routes_and_no_other()
    {
        var wrong = new List<string>();
        foreach (var rule in RouteTable.All.Where(rule => rule.Door is RouteDoor.Token or RouteDoor.Health))
        {
            foreach (var role in RoleNames.All)
            {
                var (status, text) = await SendAsync(rule, roles.Tokens[role]);
                var isRefused = status == HttpStatusCode.Forbidden && text.Contains(Refused, StringComparison.Ordinal);
                if (status == HttpStatusCode.Unauthorized || isRefused == rule.Roles.Contains(role))
                {
                    wrong.Add($"{role.ToWire()}: {rule.Method} {rule.Pattern} answered {(int)status} {text}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Without_a_token_there_is_nothing_but_life_and_on_loopback_health()
    {
        var wrong = new List<string>();
        foreach (var rule in RouteTable.All.Where(rule => rule.Door is RouteDoor.Token or RouteDoor.Health))
        {
            var (none, _) = await SendAsync(rule, null);
            var (stranger, _) = await SendAsync(rule, new string('a', 64));
            if (none != (rule.Door == RouteDoor.Health ? HttpStatusCode.OK : HttpStatusCode.Unauthorized) || stranger != HttpStatusCode.Unauthorized)
            {
                wrong.Add($"{rule.Method} {rule.Pattern}: {(int)none} without a token, {(int)stranger} with a stranger's");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("/API/V1/CONFIG")]
    [InlineData("/api/v1/config/")]
    [InlineData("//api/v1/config")]
    [InlineData("/api/v1//config")]
    [InlineData("/api/v1/./config")]
    [InlineData("/livez/../api/v1/config")]
    [InlineData("/minimal/../api/v1/config")]
    [InlineData("/minimal/..%2fapi/v1/config")]
    [InlineData("/api%2fv1%2fconfig")]
    [InlineData("/api/v1/%63onfig")]
    [InlineData("/api/v1/config?x=/livez")]
    [InlineData("/link/v1/forward/api/v1/config")]
    public async Task No_spelling_of_a_path_gets_past_the_table(string path)
    {
        foreach (var method in (string[])["GET", "HEAD", "OPTIONS", "get"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await SendRawAsync(method, path, null));
            Assert.Contains(await SendRawAsync(method, path, roles.Tokens[Role.Desk]), (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]);
        }
    }

    [Fact]
    public async Task A_desk_sees_its_own_targets_and_learns_nothing_of_others()
    {
        await roles.RegisterAsync("paper", "own");
        await roles.RegisterAsync("other", "foreign");
        await Waiting.For(async () => (await SendAsync(new RouteRule("GET", "/api/v1/supervisors", []), roles.Server.Token("admin"))).Text is var all && all.Contains("own-strategy", StringComparison.Ordinal) && all.Contains("foreign-strategy", StringComparison.Ordinal));
        var (_, seen) = await SendAsync(new RouteRule("GET", "/api/v1/supervisors?limit=1000", []), roles.Tokens[Role.Desk]);
        Assert.Contains("own-strategy", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("foreign", seen, StringComparison.Ordinal);
        await Waiting.For(async () =>
        {
            // A target whose supervisor is still starting is not an unknown one.
            var own = (await SendAsync(new RouteRule("GET", "/api/v1/supervisors/strategy/own-strategy", []), roles.Tokens[Role.Desk])).Status;
            Assert.Contains(own, new[] { HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable });
            return own == HttpStatusCode.OK;
        });
        var (status, text) = await SendAsync(new RouteRule("GET", "/api/v1/supervisors/strategy/foreign-strategy", []), roles.Tokens[Role.Desk]);
        var (unknown, nothing) = await SendAsync(new RouteRule("GET", "/api/v1/supervisors/strategy/nobodys-strategy", []), roles.Tokens[Role.Desk]);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (status, unknown));
        Assert.Equal(Detail(nothing).Replace("nobodys", "foreign", StringComparison.Ordinal), Detail(text));
    }

    private static string Detail(string problem) => JsonDocument.Parse(problem).RootElement.GetProperty("detail").GetString()!;

    private static string Document()
    {
        var text = new StringBuilder($"| route | {string.Join(" | ", RoleNames.All.Select(role => role.ToWire()))} | narrowed to |\n|---|{string.Concat(RoleNames.All.Select(_ => "---|"))}---|\n");
        foreach (var rule in RouteTable.All)
        {
            var note = string.Join("; ", ((string[])[Door(rule), rule.Note]).Where(part => part.Length > 0));
            text.Append($"| `{rule.Method} {rule.Pattern}` | {string.Join(" | ", RoleNames.All.Select(role => rule.Roles.Contains(role) ? "x" : string.Empty))} | {note} |\n".Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static string Door(RouteRule rule) => rule.Door switch
    {
        RouteDoor.Open => "anybody",
        RouteDoor.Health => "on loopback anybody, by setting",
        RouteDoor.Page => "by log-in",
        _ => string.Empty,
    };

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(RouteRule rule, string? token)
    {
        var path = rule.Pattern.Replace("{documentName}", "v1", StringComparison.Ordinal).Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("{kind}", "strategy", StringComparison.Ordinal).Replace("{id}", "nothing", StringComparison.Ordinal).Replace("{name}", "nobody", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(rule.Method), path);
        if (rule.Method == "POST")
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        // Streams have no end: what is said first is enough.
        using var response = await roles.Server.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? string.Empty : await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text);
    }

    private async Task<HttpStatusCode> SendRawAsync(string method, string path, string? token)
    {
        var host = new Uri(roles.Server.Url);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host.Host, host.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {host.Authority}\r\nConnection: close\r\n{(token is null ? string.Empty : $"Authorization: Bearer {token}\r\n")}\r\n"));
        using var reader = new StreamReader(stream);
        return (HttpStatusCode)int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
