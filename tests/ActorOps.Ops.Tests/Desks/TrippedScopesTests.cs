using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Desks;

public class TrippedScopesTests
{
    private static readonly Desk Desk = new("d", "eu", "USD", 1000)
    {
        Accounts = [new DeskAccount("a", "b", 1000), new DeskAccount("x", "b", 1000)],
        Brokers = [new DeskBroker("b"), new DeskBroker("c")],
        Feeds = [new DeskFeed("f")],
        Strategies = [new DeskStrategy("s", "a", "f", 1000), new DeskStrategy("t", "x", "f", 1000)],
    };

    public static TheoryData<string, Func<Desk, Desk>> Ways => new()
    {
        { "strategy/s", desk => desk with { Strategies = [desk.Strategies[1]] } },
        { "strategy/s", desk => desk with { Strategies = [desk.Strategies[0] with { Id = "s2" }, desk.Strategies[1]] } },
        { "account/a", desk => desk with { Strategies = [desk.Strategies[0] with { Account = "x" }, desk.Strategies[1]] } },
        { "account/a", desk => desk with { Strategies = [desk.Strategies[0] with { Account = "x", Id = "s2" }, desk.Strategies[1]] } },
        { "account/a", desk => desk with { Accounts = [desk.Accounts[0] with { Id = "a2" }, desk.Accounts[1]], Strategies = [desk.Strategies[0] with { Account = "a2" }, desk.Strategies[1]] } },
        { "broker/b", desk => desk with { Accounts = [desk.Accounts[0] with { Broker = "c" }, desk.Accounts[1]] } },
        { "broker/c", desk => desk with { Brokers = [desk.Brokers[0]] } },
        { "region/eu", desk => desk with { Region = "us" } },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_leaves_a_tripped_scope(string tripped, Func<Desk, Desk> leave)
    {
        Assert.True(Scope.TryParse(tripped, out var scope));
        Assert.Contains(tripped, TrippedScopes.Left(Desk, leave(Desk), [scope]), StringComparison.Ordinal);
        Assert.Null(TrippedScopes.Left(Desk, leave(Desk), [Scope.Of("symbol", "SPY")]));
        Assert.Null(TrippedScopes.Left(Desk, Desk with { Aum = 5 }, [scope]));
    }

    [Fact]
    public void A_trip_on_firm_or_region_is_not_one_on_a_part_of_the_desk()
    {
        Assert.False(TrippedScopes.IsTripped(Desk, [Scope.Firm, Scope.Of("region", "eu"), Scope.Strategy("other")]));
        Assert.True(TrippedScopes.IsTripped(Desk, [Scope.Strategy("s")]));
        Assert.True(TrippedScopes.IsTripped(Desk, [Scope.Broker("c")]));
    }
}
