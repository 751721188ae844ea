using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ActorOps.Server.Tests.Hosting;

public class BreakGlassTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task It_trips_and_asks_for_nothing_back()
    {
        var path = server.Data.File("break-glass.token");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(path)).Trim());
        using var trip = await Post(client, "/api/v1/kill-switch/trips", """{"scope":"strategy/glass","level":"KILLED"}""");
        Assert.Equal(HttpStatusCode.Created, trip.StatusCode);
        var id = (await trip.Content.ReadAsStringAsync()).Split("\"tripId\":\"")[1][..36];
        foreach (var (where, body) in ((string, string)[])[
            ("/api/v1/kill-switch/resets", $$"""{"tripIds":["{{id}}"],"reason":"r","rootCause":"c"}"""),
            ("/api/v1/changes", """{"kind":"override","subject":"strategy/glass","argument":"x","reason":"r","lifeMs":1000}"""),
            ("/api/v1/access/principals", """{"name":"x","person":"X","roles":["risk"]}"""),
            ("/api/v1/access/codes", "{}")])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Post(client, where, body)).StatusCode);
        }
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return await client.SendAsync(request);
    }
}
