using System.Net;
using System.Text;

namespace ActorOps.Server.Tests.Http.Security;

public class RequestGuardTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/api/v1/kill-switch/trips")]
    [InlineData("/api/v1/kill-switch/resets")]
    [InlineData("/api/v1/signals")]
    [InlineData("/api/v1/access/principals")]
    [InlineData("/api/v1/gate/sessions")]
    public async Task A_change_needs_a_token_on_loopback_too(string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Anonymous.PostAsync(path, Json("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(HttpMethod.Post, path, "Bearer " + new string('a', 64))).StatusCode);
    }

    [Fact]
    public async Task A_strangers_token_is_refused_for_reads_too_and_the_denial_is_journalled()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(HttpMethod.Get, "/health", "Bearer stranger")).StatusCode);
        await Waiting.For(async () => (await server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Any(record => record.Kind == "access.attempt-denied.v1"));
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/health")]
    [InlineData("/metrics")]
    public async Task Life_and_on_loopback_health_need_none(string path) => Assert.Equal(HttpStatusCode.OK, (await server.Anonymous.GetAsync(path)).StatusCode);

    [Fact]
    public async Task What_a_command_causes_carries_its_trace_id_into_the_journal_and_the_log()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/principals") { Content = Json("{\"name\":\"traced\",\"person\":\"traced-person\",\"roles\":[\"auditor\"]}") };
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        request.Headers.Add("Idempotency-Key", "traced-1");
        using var response = await server.Admin.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var trace = Assert.Single(response.Headers.GetValues("Trace-Id"));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", trace);
        await Waiting.For(async () => (await server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Any(record => record.Stream == "access" && record.TraceId == trace));
        using var trip = new HttpRequestMessage(HttpMethod.Post, "/api/v1/kill-switch/trips") { Content = Json("{\"scope\":\"strategy/traced\",\"level\":\"KILLED\"}") };
        trip.Headers.Add("traceparent", "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        (await server.Admin.SendAsync(trip)).Dispose();
        await Waiting.For(() => File.ReadAllText(Directory.GetFiles(server.Data.File("logs"), "risk*.log").Single()).Contains("1af7651916cd43dd8448eb211c80319c", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gate_stream_is_never_open_to_strangers() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Anonymous.GetAsync("/api/v1/gate?desk=paper")).StatusCode);

    [Fact]
    public async Task Another_host_name_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/status") { Headers = { Host = "evil.example" } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await server.Anonymous.SendAsync(request)).StatusCode);
    }

    /// <summary>A browser that was led here under another name has no token to send; who has one means it.</summary>
    [Fact]
    public async Task A_kill_with_a_good_token_is_not_refused_for_its_host_name_and_one_with_a_bad_token_is()
    {
        static HttpRequestMessage Kill() => new(HttpMethod.Post, "/api/v1/kill-switch/trips") { Headers = { Host = "trading-gw" }, Content = new StringContent("""{"scope":"symbol/HOST","level":"REDUCE_ONLY"}""", Encoding.UTF8, "application/json") };
        Assert.Equal(HttpStatusCode.Created, (await server.Admin.SendAsync(Kill())).StatusCode);
        using var stranger = server.ClientOf("0000");
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await stranger.SendAsync(Kill())).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing", "not-found")]
    [InlineData("PATCH", "/api/v1/kill-switch", "method-not-allowed")]
    [InlineData("GET", "/api/v1/supervisors?limit=abc", "bad-request")]
    [InlineData("POST", "/api/v1/kill-switch/resets/no-id/approvals", "not-found")]
    public async Task What_routing_refuses_is_explained_too(string method, string path, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await server.Admin.SendAsync(request);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_may_neither_add_principals_nor_trip_what_is_not_its_own()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.PostAsync("/api/v1/access/principals", Json("""{"name":"x","person":"x","roles":["admin"]}"""))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.PostAsync("/api/v1/kill-switch/trips", Json("""{"scope":"firm","level":"KILLED"}"""))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.PostAsync("/api/v1/gate/sessions", Json("""{"desk":"other","libraryVersion":"1"}"""))).StatusCode);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, string authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await server.Anonymous.SendAsync(request);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
