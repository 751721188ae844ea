using System.Net.Http.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Server.Tests.Http.Api;

public class StatusApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_tripped_scope_is_the_situation_in_status_and_health_alike_with_why_since_and_next()
    {
        var trip = await server.Admin.PostAsJsonAsync("/api/v1/kill-switch/trips", new { scope = "strategy/a", level = "KILLED", reason = "fat finger" });
        Assert.Equal(201, (int)trip.StatusCode);
        var status = (await server.Admin.GetFromJsonAsync("/api/v1/status", WireJson.Default.StatusView))!;
        Assert.Equal(("KILLED", true), (status.Situation!.State, status.Situation.NeedsPerson));
        Assert.StartsWith("strategy/a is KILLED: fat finger (by ", status.Situation.Sentence, StringComparison.Ordinal);
        var scope = Assert.Single(status.Effective, scope => scope.Scope == "strategy/a");
        Assert.StartsWith("fat finger (by ", scope.Why, StringComparison.Ordinal);
        Assert.StartsWith("actorops kill reset ", scope.Next, StringComparison.Ordinal);
        Assert.Equal(status.Situation.Since, scope.Since);
        var health = (await server.Admin.GetFromJsonAsync("/health", WireJson.Default.HealthView))!;
        Assert.Equal((status.Situation.Sentence, "degraded"), (health.Situation!.Sentence, health.Status));
    }

    [Fact]
    public async Task Status_counts_the_nodes()
    {
        var status = (await server.Admin.GetFromJsonAsync("/api/v1/status", WireJson.Default.StatusView))!;
        Assert.Equal((1, 1, 0, null), (status.Nodes!.Up, status.Nodes.Known, status.Nodes.Missing.Count, status.Nodes.TrustEndedAt));
    }
}
