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

    private Task<HttpResponseMessage> Hello(object body) => server.Desk.PostAsync("/api/v1/gate/sessions", new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"));
}
