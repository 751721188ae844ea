using System.Net;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Quotas;

public class QuotaGuardTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>Routing takes all of these; so do the quotas.</summary>
    [Theory]
    [InlineData("/api/v1/kill-switch/resets/")]
    [InlineData("/API/v1/kill-switch/Resets")]
    public async Task Another_spelling_of_a_path_has_no_quota_of_its_own(string path)
    {
        using var tripped = await ServerFixture.PostAsync(server.Admin, "/api/v1/kill-switch/trips", """{"scope":"symbol/Q","level":"REDUCE_ONLY"}""");
        using var json = JsonDocument.Parse(await tripped.Content.ReadAsStringAsync());
        var body = $$"""{"tripIds":["{{json.RootElement.GetProperty("tripId")}}"],"reason":"r","rootCause":"c"}""";
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i <= server.Services.Configuration.Options.Quotas.OpenRequestsPerPrincipal; i++)
        {
            using var response = await ServerFixture.PostAsync(server.Admin, path, body);
            answers.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
    }
}
