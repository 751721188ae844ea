using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class GateApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_hello_with_too_many_targets_is_refused_before_anything_is_registered()
    {
        var strategies = Enumerable.Range(0, 4500).Select(i => new { id = $"s{i}", account = "a", feed = "f", aum = 1 });
        using var response = await Hello(new { desk = "paper", libraryVersion = "1", targets = new { region = "eu", baseCurrency = "USD", aum = 1000, strategies } });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Null(server.Services.Ops.Registry.FindStrategy("s0"));
    }

    [Fact]
    public async Task A_hello_that_remembers_too_many_trips_is_refused()
    {
        using var response = await Hello(new { desk = "paper", libraryVersion = "1", knownTrips = Enumerable.Range(0, 2001).Select(i => new Guid(i, 0, 0, new byte[8])) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_desk_that_has_new_strategies_in_every_hello_is_stopped_within_the_hour()
    {
        for (var round = 0; ; round++)
        {
            Assert.True(round < 20, "nothing stopped it");
            var first = round * 400;
            var strategies = Enumerable.Range(first, 400).Select(i => new { id = $"new{i}", account = "a", feed = "f", aum = 1 });
            using var response = await Hello(new { desk = "paper", libraryVersion = "1", targets = new { region = "eu", baseCurrency = "USD", aum = 1000, accounts = new[] { new { id = "a", broker = "b", aum = 1000 } }, strategies, feeds = new[] { new { id = "f" } }, brokers = new[] { new { id = "b" } } } });
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.Contains("new-targets-per-hour", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.Null(server.Services.Ops.Registry.FindStrategy($"new{first}"));
                return;
            }
        }
    }

    [Fact]
    public async Task Another_desks_token_ends_no_session_by_asking_for_the_stream()
    {
        using var hello = await Hello(new { desk = "paper", libraryVersion = "1" });
        using var json = JsonDocument.Parse(await hello.Content.ReadAsStringAsync());
        using var thief = server.ClientOf(await server.AddPrincipalAsync("thief", "desk", "other"));
        for (var i = 0; i < 40; i++)
        {
            using var asked = await thief.GetAsync("/api/v1/gate?desk=paper");
            Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        }

        Assert.NotNull(server.Services.Ops.Gates.Find(json.RootElement.GetProperty("sessionId").GetString()!));
    }

    private Task<HttpResponseMessage> Hello(object body) => server.Desk.PostAsync("/api/v1/gate/sessions", new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
}
