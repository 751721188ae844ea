using System.Net;

namespace ActorOps.Server.Tests.Http.Api;

public class ResetsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>An event with such a number cannot be stored, and the singleton that decided it would start again each time.</summary>
    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    [InlineData("-1e308")]
    [InlineData("\"Infinity\"")]
    public async Task Figures_out_of_their_bounds_are_refused_before_anything_is_decided(string ratio)
    {
        using var response = await ServerFixture.PostAsync(server.Admin, "/api/v1/kill-switch/resets", $$$"""{"tripIds":["{{{Guid.NewGuid()}}}"],"reason":"r","rootCause":"c","shadow":{"from":"2026-01-01T00:00:00Z","until":"2026-01-02T00:00:00Z","pnl":1,"slippageRatio":{{{ratio}}}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("bad-value", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
