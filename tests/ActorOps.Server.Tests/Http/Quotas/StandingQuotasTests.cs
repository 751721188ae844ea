using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Quotas;

public class StandingQuotasTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task One_principal_has_a_few_resets_waiting_and_the_next_one_is_refused_with_its_setting()
    {
        for (var i = 0; i < 20; i++)
        {
            // A reset can be asked for once its trip is stored.
            await Waiting.For(async () => (await Reset(i)).StatusCode == HttpStatusCode.Accepted);
        }

        using var refused = await Reset(20);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Contains("actorops.quotas.open-requests-per-principal = 20", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private async Task<HttpResponseMessage> Reset(int i)
    {
        using var answer = await server.Admin.PostAsync("/api/v1/kill-switch/trips", Json($$"""{"scope":"strategy/q{{i}}","level":"REDUCE_ONLY"}"""));
        using var trip = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/kill-switch/resets")
        {
            Content = Json($$"""{"tripIds":["{{trip.RootElement.GetProperty("tripId").GetString()}}"],"reason":"r","rootCause":"c","evidence":"e"}"""),
        };
        request.Headers.Add("Idempotency-Key", $"q{i}");
        return await server.Admin.SendAsync(request);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
