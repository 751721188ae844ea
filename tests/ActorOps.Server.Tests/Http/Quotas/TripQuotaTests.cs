using System.Net;
using System.Text;

namespace ActorOps.Server.Tests.Http.Quotas;

public class TripQuotaTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Trips_that_stop_nothing_are_bounded_and_one_of_the_firm_is_taken_all_the_same()
    {
        var most = server.Services.Configuration.Options.Quotas.UnknownScopeTripsPerPrincipal;
        for (var i = 0; i < most; i++)
        {
            Assert.Equal(HttpStatusCode.Created, await Trip($"strategy/nobody-has-{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await Trip("strategy/one-more"));
        Assert.Equal(HttpStatusCode.OK, await Again());
        Assert.Equal(HttpStatusCode.TooManyRequests, await Trip("region/invented"));
        Assert.Equal(HttpStatusCode.Created, await Trip("firm"));
    }

    /// <summary>One that stands already is joined, and adds nothing.</summary>
    private Task<HttpStatusCode> Again() => Trip("strategy/nobody-has-0");

    private async Task<HttpStatusCode> Trip(string scope)
    {
        using var body = new StringContent($$"""{"scope":"{{scope}}","level":"REDUCE_ONLY"}""", Encoding.UTF8, "application/json");
        using var response = await server.Admin.PostAsync("/api/v1/kill-switch/trips", body);
        return response.StatusCode;
    }
}
