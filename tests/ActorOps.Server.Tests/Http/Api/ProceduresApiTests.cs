using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class ProceduresApiTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    public Task InitializeAsync() => RegisteredDesk.WithAsync(server, "dry", "rolled", "none");

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_dry_run_trips_nothing()
    {
        using var answer = await Post("/api/v1/rollbacks", """{"scope":"strategy/dry","dryRun":true}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(7, json.RootElement.GetProperty("steps").GetArrayLength());
        Assert.DoesNotContain("strategy/dry", await Tripped());
        Assert.DoesNotContain("strategy/dry", await server.Admin.GetStringAsync("/api/v1/rollbacks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_is_the_same_rollback_which_goes_to_its_end()
    {
        var ids = new HashSet<string?>();
        for (var i = 0; i < 3; i++)
        {
            using var answer = await Post("/api/v1/rollbacks", """{"scope":"strategy/rolled","reason":"odd"}""", "one-key");
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            ids.Add(json.RootElement.GetProperty("procedureId").GetString());
        }

        JsonElement ended = default;
        await Waiting.For(async () => (ended = await Get($"/api/v1/rollbacks/{Assert.Single(ids)}")).TryGetProperty("outcome", out _), TimeSpan.FromSeconds(20));
        Assert.Equal("DONE", ended.GetProperty("outcome").GetString());
        Assert.Single((await Get("/api/v1/kill-switch")).GetProperty("trips").EnumerateArray(), trip => trip.GetProperty("scope").GetString() == "strategy/rolled" && trip.GetProperty("level").GetString() == "KILLED");
    }

    [Theory]
    [InlineData("/api/v1/rollbacks", """{"scope":"planet/x","reason":"r"}""", "bad-scope")]
    [InlineData("/api/v1/rollbacks", """{"scope":"strategy/none"}""", "missing-reason")]
    [InlineData("/api/v1/rollbacks", """{"scope":"strategy/none","reason":"r","targetVersion":"../../etc"}""", "cannot-start")]
    [InlineData("/api/v1/emergencies", """{"scope":"planet/x"}""", "bad-scope")]
    [InlineData("/api/v1/emergencies", """{"scope":"strategy/none","flatten":true}""", "not-confirmed")]
    [InlineData("/api/v1/emergencies", """{"scope":"strategy/none","flatten":true,"confirm":"firm"}""", "not-confirmed")]
    public async Task What_makes_no_sense_is_refused_and_trips_nothing(string path, string body, string code)
    {
        using var answer = await Post(path, body);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("strategy/none", await Tripped());
    }

    [Theory]
    [InlineData("/api/v1/rollbacks", """{"scope":"strategy/roled","reason":"r"}""")]
    [InlineData("/api/v1/rollbacks", """{"scope":"strategy/roled","reason":"r","dryRun":true}""")]
    [InlineData("/api/v1/emergencies", """{"scope":"strategy/roled"}""")]
    public async Task A_scope_that_no_desk_has_is_refused_with_a_suggestion_before_anything_starts(string path, string body)
    {
        using var answer = await Post(path, body);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("nothing was started: no desk has strategy/roled; did you mean strategy/rolled?", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("roled", await server.Admin.GetStringAsync("/api/v1/kill-switch"), StringComparison.Ordinal);
        Assert.DoesNotContain("roled", await server.Admin.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_may_neither_begin_nor_read_them()
    {
        using var answer = await server.Desk.PostAsync("/api/v1/emergencies", new StringContent("""{"scope":"firm"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Desk.GetAsync("/api/v1/emergencies")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Admin.GetAsync($"/api/v1/emergencies/{Guid.Empty}")).StatusCode);
    }

    private async Task<HttpResponseMessage> Post(string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await server.Admin.SendAsync(request);
    }

    private async Task<IEnumerable<string?>> Tripped() => (await Get("/api/v1/kill-switch")).GetProperty("trips").EnumerateArray().Select(trip => trip.GetProperty("scope").GetString());

    private async Task<JsonElement> Get(string path)
    {
        using var json = JsonDocument.Parse(await server.Admin.GetStringAsync(path));
        return json.RootElement.Clone();
    }
}
