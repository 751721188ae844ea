using System.Net;
using System.Text;
using System.Text.Json;
using ActorOps.Ops.Access;

namespace ActorOps.Server.Tests.Http.Security;

public class DenialsTests(RoleFixture roles) : IClassFixture<RoleFixture>
{
    [Fact]
    public async Task Who_may_not_and_who_is_unknown_leave_a_trace_by_whatever_door()
    {
        // The table, a handler, a stranger, a path that does not exist, and the page.
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/api/v1/kill-switch/trips", """{"scope":"firm","level":"KILLED"}""", roles.Tokens[Role.Auditor]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/api/v1/kill-switch/trips", """{"scope":"firm","level":"KILLED"}""", roles.Tokens[Role.Desk]));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/api/v1/kill-switch/trips", "{}", new string('b', 64)));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("/api/v1/nothing-here", "{}", null));
        using (var form = new FormUrlEncodedContent([KeyValuePair.Create("token", "guess")]))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await roles.Server.Anonymous.PostAsync("/minimal/log-in", form)).StatusCode);
        }

        await Waiting.For(async () =>
        {
            var denied = await DeniedAsync();
            return denied.Contains(("only-auditor", "POST /api/v1/kill-switch/trips", "role"))
                && denied.Contains(("desk", "POST /api/v1/kill-switch/trips", "forbidden"))
                && denied.Contains(("anonymous", "POST /api/v1/kill-switch/trips", "unknown or expired token"))
                && denied.Contains(("anonymous", "no such route", "no token"))
                && denied.Contains(("anonymous", "POST /minimal/log-in", "unknown or expired token"));
        });
    }

    [Fact]
    public async Task Repeats_are_one_record()
    {
        for (var i = 0; i < 30; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("/api/v1/backups", "{}", roles.Tokens[Role.Alerts]));
        }

        await Waiting.For(async () => (await DeniedAsync()).Contains(("only-alerts", "POST /api/v1/backups", "role")));
        Assert.Single(await DeniedAsync(), denied => denied.Principal == "only-alerts");
    }

    private async Task<List<(string Principal, string What, string Why)>> DeniedAsync() =>
    [
        .. (await roles.Server.Services.Store.Journal.ReadFeedAsync(null, 1000)).Where(record => record.Kind == "access.attempt-denied.v1").Select(record => JsonDocument.Parse(record.Payload).RootElement)
            .Select(e => (e.GetProperty("principal").GetString()!, e.GetProperty("what").GetString()!, e.GetProperty("why").GetString()!)),
    ];

    private async Task<HttpStatusCode> PostAsync(string path, string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await roles.Server.Anonymous.SendAsync(request);
        return response.StatusCode;
    }
}
