using System.Net;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class AccessApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("risk")]
    [InlineData("admin")]
    public async Task Risk_and_admin_are_granted_by_two_people(string role)
    {
        using var asked = await AddAsync(server.Admin, $"new-{role}", $"new-{role}", role);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        using var json = JsonDocument.Parse(await asked.Content.ReadAsStringAsync());
        var (token, change) = (json.RootElement.GetProperty("token").GetString()!, json.RootElement.GetProperty("changeId").GetString()!);
        Assert.Null(server.Services.Ops.AccessBoard.Find(token));
        Assert.Equal("own-request", await CodeAsync(await ServerFixture.PostAsync(server.Admin, $"/api/v1/changes/{change}/approvals", "{}")));
        Assert.DoesNotContain("tokenHash", await server.Admin.GetStringAsync("/api/v1/changes"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await ServerFixture.PostAsync(server.Keeper, $"/api/v1/changes/{change}/approvals", "{}")).StatusCode);
        await Waiting.For(() => server.Services.Ops.AccessBoard.Find(token) is { ApprovedBy: "keeper", GrantedBy: "first-admin" });
        Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.DeleteAsync($"/api/v1/access/principals/new-{role}")).StatusCode);
    }

    [Fact]
    public async Task A_grant_cannot_be_asked_for_as_a_change_of_the_callers_own_words()
    {
        var body = """{"kind":"access","subject":"mallory","argument":"{\"name\":\"mallory\",\"person\":\"mallory\",\"roles\":[\"Admin\"],\"tokenHash\":\"00\",\"changedAt\":\"2026-01-05T14:30:00+00:00\"}","reason":"please"}""";
        Assert.Equal("bad-change", await CodeAsync(await ServerFixture.PostAsync(server.Admin, "/api/v1/changes", body)));
    }

    [Fact]
    public async Task A_person_is_an_id_and_a_name_is_answered_with_the_one_to_use()
    {
        using var refused = await AddAsync(server.Admin, "bob", "Bob Smith", "auditor");
        var text = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("use --person bob-smith --display-name", JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var added = await AddAsync(server.Admin, "bob", "bob-smith", "auditor", "Bob Smith");
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        await Waiting.For(async () => (await server.Admin.GetStringAsync("/api/v1/access/principals")).Contains("\"displayName\":\"Bob Smith\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("operator,risk")]
    [InlineData("Operator")]
    [InlineData("5")]
    [InlineData("break-glass")]
    public async Task A_role_is_one_name_of_the_table(string role) => Assert.Equal("bad-role", await CodeAsync(await AddAsync(server.Admin, "x", "x-person", role)));

    [Fact]
    public async Task The_last_admin_stays()
    {
        using var response = await server.Admin.DeleteAsync("/api/v1/access/principals/admin");
        Assert.Equal((HttpStatusCode.Conflict, "last-admin"), (response.StatusCode, await CodeAsync(response)));
    }

    [Fact]
    public async Task A_key_that_is_there_twice_is_refused_wherever_a_body_is_read()
    {
        Assert.Equal("bad-json", await CodeAsync(await ServerFixture.PostAsync(server.Admin, "/api/v1/kill-switch/trips", """{"scope":"strategy/twice","scope":"firm","level":"KILLED"}""")));
        Assert.Equal("bad-json", await CodeAsync(await ServerFixture.PostAsync(server.Admin, "/api/v1/access/principals", """{"name":"x","person":"x-person","roles":["auditor"],"roles":["admin"]}""")));
        Assert.Equal("bad-alerts", await CodeAsync(await ServerFixture.PostAsync(server.Admin, "/api/v2/alerts", """[{"labels":{"action":"x","action":"y","alertname":"twice","scope":"strategy/twice"}}]""")));
        Assert.DoesNotContain(server.Services.Ops.Board.Current.Trips, trip => trip.Scope.ToString() is "strategy/twice" or "firm");
    }

    [Fact]
    public async Task A_reset_of_a_revoked_person_is_void()
    {
        var token = await server.AddPrincipalAsync("leaver", "operator");
        using var leaver = server.ClientOf(token);
        using var tripped = await ServerFixture.PostAsync(leaver, "/api/v1/kill-switch/trips", """{"scope":"strategy/leaver","level":"KILLED"}""");
        var trip = JsonDocument.Parse(await tripped.Content.ReadAsStringAsync()).RootElement.GetProperty("tripId").GetString();
        using var asked = await ServerFixture.PostAsync(leaver, "/api/v1/kill-switch/resets", $$"""{"tripIds":["{{trip}}"],"reason":"r","rootCause":"c"}""");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var reset = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement.GetProperty("resetId").GetString();
        Assert.Equal(HttpStatusCode.NoContent, (await server.Admin.DeleteAsync("/api/v1/access/principals/leaver")).StatusCode);
        Assert.Equal("requester-revoked", await CodeAsync(await ServerFixture.PostAsync(server.Keeper, $"/api/v1/kill-switch/resets/{reset}/approvals", "{}")));
        await Waiting.For(async () => !(await server.Admin.GetStringAsync("/api/v1/kill-switch")).Contains(reset!, StringComparison.Ordinal));
    }

    private static Task<HttpResponseMessage> AddAsync(HttpClient by, string name, string person, string role, string? displayName = null) =>
        ServerFixture.PostAsync(by, "/api/v1/access/principals", JsonSerializer.Serialize(new { name, person, roles = new[] { role }, displayName }));

    private static async Task<string?> CodeAsync(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();
}
