using System.Net;

namespace ActorOps.Server.Tests.Http.Api;

public class EventsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Readers_of_one_principal_are_few_and_a_place_is_free_when_one_ends()
    {
        var readers = new List<HttpResponseMessage>();
        for (var i = 0; i < 8; i++)
        {
            readers.Add(await Read());
            Assert.Equal(HttpStatusCode.OK, readers[i].StatusCode);
        }

        using var refused = await Read();
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("event-readers-per-principal", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        readers.ForEach(reader => reader.Dispose());
        await Waiting.For(async () => (await Read()).StatusCode == HttpStatusCode.OK);
    }

    private Task<HttpResponseMessage> Read() => server.Admin.GetAsync("/api/v1/events?after=start", HttpCompletionOption.ResponseHeadersRead);
}
