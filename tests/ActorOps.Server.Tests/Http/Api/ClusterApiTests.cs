using System.Net;
using System.Text;
using System.Text.Json;

namespace ActorOps.Server.Tests.Http.Api;

public class ClusterApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("join", """{"weight":0}""", HttpStatusCode.BadRequest, "bad-weight")]
    [InlineData("join", """{"weight":-1}""", HttpStatusCode.BadRequest, "bad-weight")]
    [InlineData("join", """{"weight":101}""", HttpStatusCode.BadRequest, "bad-weight")]
    [InlineData("drain", """{"weight":2}""", HttpStatusCode.BadRequest, "bad-weight")]
    [InlineData("join", """{"weight":"heavy"}""", HttpStatusCode.BadRequest, "bad-json")]
    public async Task A_bad_change_is_named_and_changes_nothing(string verb, string body, HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), await ChangeAsync(server.Services.Identity.Node, verb, body));
        var member = Assert.Single(server.Services.Cluster.Node.View.Members);
        Assert.Equal((1.0, Cluster.Membership.MemberState.Up), (member.Description.Weight, member.State));
    }

    [Fact]
    public async Task A_node_that_answers_is_not_declared_dead_by_itself()
    {
        Assert.Equal((HttpStatusCode.Conflict, "alive"), await ChangeAsync(server.Services.Identity.Node, "down", "{}"));
        Assert.Equal(Cluster.Membership.MemberState.Up, Assert.Single(server.Services.Cluster.Node.View.Members).State);
    }

    [Theory]
    [InlineData("leave")]
    [InlineData("down")]
    [InlineData("drain")]
    [InlineData("join")]
    public async Task A_node_that_is_not_there_is_named(string verb) => Assert.Equal((HttpStatusCode.NotFound, "unknown-node"), await ChangeAsync("nowhere", verb, "{}"));

    private async Task<(HttpStatusCode Status, string Code)> ChangeAsync(string node, string verb, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cluster/members/{node}/{verb}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var response = await server.Admin.SendAsync(request);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, problem.RootElement.GetProperty("code").GetString()!);
    }
}
