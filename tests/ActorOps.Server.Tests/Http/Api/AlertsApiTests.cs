using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class AlertsApiTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => RegisteredDesk.WithAsync(server, "alerted", "mine", "yours", "shared", "odd");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_firing_alert_with_the_action_trips_its_scope_and_an_ended_one_leaves_the_trip()
    {
        Assert.Equal((1, 0, 1), await Take("""[{"labels":{"alertname":"Loss","action":"AUTO_KILL_SWITCH","scope":"strategy/alerted"},"annotations":{"summary":"lost 1 %"}},{"labels":{"alertname":"Other"}}]"""));
        var trip = await Trip("strategy/alerted");
        Assert.StartsWith("alert:", trip.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.Equal("lost 1 %", trip.GetProperty("reason").GetString());
        Assert.Equal((1, 0, 0), await Take("""[{"labels":{"alertname":"Loss","action":"AUTO_KILL_SWITCH","scope":"strategy/alerted"}}]"""));
        Assert.Equal(trip.GetProperty("tripId").GetString(), (await Trip("strategy/alerted")).GetProperty("tripId").GetString());
        Assert.Equal((0, 1, 0), await Take("""[{"labels":{"alertname":"Loss","action":"AUTO_KILL_SWITCH","scope":"strategy/alerted"},"endsAt":"2020-01-01T00:00:00Z"}]"""));
        await Trip("strategy/alerted");
    }

    [Fact]
    public async Task The_webhook_of_alertmanager_does_the_same_and_an_unknown_scope_is_the_firm()
    {
        using var answer = await server.Admin.PostAsync("/api/v1/webhooks/alertmanager", Json("""{"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"X","action":"AUTO_KILL_SWITCH","scope":"planet/x"},"startsAt":"2026-01-05T14:30:00.123456789+02:00","endsAt":"0001-01-01T00:00:00Z","fingerprint":"ab"}]}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("alert X", (await Trip("firm")).GetProperty("cause").GetString());
    }

    [Fact]
    public async Task A_notification_with_too_many_alerts_trips_first_and_is_asked_for_again_in_parts()
    {
        var others = string.Concat(Enumerable.Repeat("""{"labels":{"alertname":"Other"}},""", 1000));
        using var answer = await server.Admin.PostAsync("/api/v2/alerts", Json($$$"""[{{{others}}}{"labels":{"alertname":"Last","action":"AUTO_KILL_SWITCH","scope":"symbol/last-of-many"}}]"""));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("alerts-at-once", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Trip("symbol/last-of-many");
    }

    [Theory]
    [InlineData("/api/v2/alerts", "{}", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/alerts", "[", HttpStatusCode.BadRequest)]
    [InlineData("/api/v2/alerts", "[null,{}]", HttpStatusCode.OK)]
    [InlineData("/api/v1/webhooks/alertmanager", """{"text":"custom payload"}""", HttpStatusCode.BadRequest)]
    public async Task Rubbish_is_refused_or_left_out(string path, string body, HttpStatusCode status) => Assert.Equal(status, (await server.Admin.PostAsync(path, Json(body))).StatusCode);

    [Fact]
    public async Task A_source_of_alerts_may_trip_its_own_scopes_and_nothing_else()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Anonymous.PostAsync("/api/v2/alerts", Json("[]"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.PostAsync("/api/v2/alerts", Json("[]"))).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/principals") { Content = Json("""{"name":"am","person":"alertmanager","roles":["alerts"],"scopes":["strategy/mine"]}""") };
        request.Headers.Add("Idempotency-Key", "am");
        using var added = await server.Admin.SendAsync(request);
        using var json = JsonDocument.Parse(await added.Content.ReadAsStringAsync());
        using var source = new HttpClient { BaseAddress = new Uri(server.Url) };
        source.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await source.PostAsync("/api/v2/alerts", Json("""[{"labels":{"action":"AUTO_KILL_SWITCH","scope":"strategy/mine"}}]"""))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await source.PostAsync("/api/v2/alerts", Json("""[{"labels":{"action":"AUTO_KILL_SWITCH","scope":"strategy/yours"}}]"""))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await source.PostAsync("/api/v1/kill-switch/trips", Json("""{"scope":"strategy/mine","level":"KILLED"}"""))).StatusCode);
        await Trip("strategy/mine");
    }

    [Fact]
    public async Task What_a_sender_may_not_trip_it_may_not_end_either()
    {
        using var a = await Source("sender-a", "strategy/shared");
        using var b = await Source("sender-b", "strategy/mine");
        const string firing = """[{"labels":{"alertname":"L","action":"AUTO_KILL_SWITCH","scope":"strategy/shared"}}]""";
        const string ended = """[{"labels":{"alertname":"L","action":"AUTO_KILL_SWITCH","scope":"strategy/shared"},"endsAt":"2020-01-01T00:00:00Z"}]""";
        Assert.Equal(HttpStatusCode.OK, (await a.PostAsync("/api/v2/alerts", Json(firing))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await b.PostAsync("/api/v2/alerts", Json(ended))).StatusCode);

        // Another sender that may trip the scope has not sent this alert.
        Assert.Equal((0, 0, 0), await Take(ended));
        await Waiting.For(async () => (await Cause("strategy/shared")).ValueKind == JsonValueKind.Object);
        Assert.False((await Cause("strategy/shared")).TryGetProperty("endedAt", out var never) && never.ValueKind != JsonValueKind.Null);
        Assert.Equal(HttpStatusCode.OK, (await a.PostAsync("/api/v2/alerts", Json(ended))).StatusCode);
        await Waiting.For(async () => await Cause("strategy/shared") is { ValueKind: JsonValueKind.Object } cause && cause.TryGetProperty("endedAt", out var at) && at.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task A_label_that_no_desk_has_trips_all_that_its_sender_may_and_is_named()
    {
        using var source = await Source("sender-odd", "strategy/odd");
        using var answer = await source.PostAsync("/api/v2/alerts", Json("""[{"labels":{"alertname":"L","action":"AUTO_KILL_SWITCH","scope":"strategy/oddd"}}]"""));
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains("'strategy/oddd'", Assert.Single(json.RootElement.GetProperty("unknownScopes").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains("did you mean strategy/odd?", (await Trip("strategy/odd")).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_that_cannot_be_read_in_full_is_named_acts_all_the_same_and_hides_no_other()
    {
        using var answer = await server.Admin.PostAsync("/api/v2/alerts", Json("""[{"startsAt":"yesterday","labels":{"alertname":"Odd","action":"AUTO_KILL_SWITCH","scope":"broker/tested-broker"}},7,{"labels":{"alertname":"Fine","action":"AUTO_KILL_SWITCH","scope":"account/tested-account"}}]"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((2, 2), (json.RootElement.GetProperty("tripped").GetInt32(), json.RootElement.GetProperty("unreadable").GetArrayLength()));
        await Trip("broker/tested-broker");
        await Trip("account/tested-account");
    }

    private async Task<HttpClient> Source(string name, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/access/principals") { Content = Json($$"""{"name":"{{name}}","person":"{{name}}","roles":["alerts"],"scopes":["{{scope}}"]}""") };
        request.Headers.Add("Idempotency-Key", name);
        using var added = await server.Admin.SendAsync(request);
        using var json = JsonDocument.Parse(await added.Content.ReadAsStringAsync());
        var source = new HttpClient { BaseAddress = new Uri(server.Url) };
        source.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("token").GetString());
        return source;
    }

    private async Task<JsonElement> Cause(string scope) => (await Trip(scope)).TryGetProperty("causes", out var causes) && causes.ValueKind == JsonValueKind.Array ? causes[0] : default;

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task<(int Tripped, int Ended, int Ignored)> Take(string body)
    {
        using var answer = await server.Admin.PostAsync("/api/v2/alerts", Json(body));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return (json.RootElement.GetProperty("tripped").GetInt32(), json.RootElement.GetProperty("ended").GetInt32(), json.RootElement.GetProperty("ignored").GetInt32());
    }

    private async Task<JsonElement> Trip(string scope)
    {
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync("/api/v1/kill-switch"));
        return json.RootElement.GetProperty("trips").EnumerateArray().Single(trip => trip.GetProperty("scope").GetString() == scope).Clone();
    }
}
