using ActorOps.Cluster.Grants;
using ActorOps.Cluster.Membership;

namespace ActorOps.Cluster.Tests.Grants;

public class GrantPlacementTests
{
    private static readonly ClusterView View = Views.Of(
        Views.Member("a", 1, region: "eu", roles: ["control"]),
        Views.Member("b", 1, region: "us", roles: ["control"]),
        Views.Member("c", 1, region: "us"),
        Views.Member("d", 1, region: "us", state: MemberState.Leaving, roles: ["control"]),
        Views.Member("e", 1, expired: true, region: "us", roles: ["control"]));

    [Fact]
    public void Only_nodes_that_are_up_and_have_the_role_are_asked_those_of_the_preferred_region_first()
    {
        Assert.Equal(["b", "a"], GrantPlacement.Rank(Spec("kill-switch", "control", "us"), View));
        Assert.Equal(["a", "b"], GrantPlacement.Rank(Spec("kill-switch", "control", "eu"), View));
        Assert.Equal(3, GrantPlacement.Rank(Spec("kill-switch", null, null), View).Count);
        Assert.Empty(GrantPlacement.Rank(Spec("kill-switch", "none-has-it", null), View));
    }

    [Fact]
    public void Different_singletons_are_spread_over_equal_nodes()
    {
        var first = Enumerable.Range(0, 100).Select(number => GrantPlacement.Rank(Spec($"s{number}", null, null), View)[0]).GroupBy(node => node).Select(group => group.Count());
        Assert.All(first, count => Assert.InRange(count, 20, 50));
    }

    private static GrantSpec Spec(string name, string? role, string? region) => new(name, (_, _) => Task.CompletedTask) { Role = role, Region = region };
}
