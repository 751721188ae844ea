using ActorOps.Ops.Brokers;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Brokers;

public class BrokerScopesTests
{
    private readonly BrokerScopes _scopes;

    public BrokerScopesTests()
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk, new Desk("us", "us", "USD", 1) { Brokers = [new DeskBroker("c")], Accounts = [new DeskAccount("z", "c", 1)] }]);
        _scopes = new BrokerScopes(registry);
    }

    [Theory]
    [InlineData("firm", "b,c")]
    [InlineData("symbol/X", "b,c")]
    [InlineData("region/us", "c")]
    [InlineData("account/a", "b")]
    [InlineData("strategy/s", "b")]
    [InlineData("broker/q", "q")]
    [InlineData("strategy/nobody", "")]
    public void A_scope_has_its_brokers(string text, string brokers)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        Assert.Equal(brokers, string.Join(',', _scopes.BrokersOf(scope)));
    }

    /// <summary>A desk may have switched: a certificate that asks one of the two says nothing of the other.</summary>
    [Fact]
    public void A_scope_has_the_backups_of_its_brokers_too()
    {
        var registry = new DeskRegistry();
        registry.Replace([OpsHarness.Desk with { Brokers = [new DeskBroker("b", "alt"), new DeskBroker("alt", "third"), new DeskBroker("third", "b")] }]);
        var scopes = new BrokerScopes(registry);
        Assert.Equal(["alt", "b", "third"], scopes.BrokersOf(Scope.Strategy("s")));
        Assert.Equal(["alt", "b", "third"], scopes.BrokersOf(Scope.Of("account", "a")));
        Assert.Equal(["b"], scopes.BrokersOf(Scope.Broker("b")));
    }

    [Theory]
    [InlineData("account/a", "a", "s", true)]
    [InlineData("account/a", "q", "s", false)]
    [InlineData("account/a", null, "s", true)]
    [InlineData("strategy/s", "a", "t", false)]
    [InlineData("strategy/s", "a", null, true)]
    [InlineData("region/us", "a", "s", false)]
    [InlineData("region/eu", "a", "s", true)]
    [InlineData("symbol/Y", "a", "s", false)]
    [InlineData("firm", "q", "q", true)]
    public void An_order_is_in_scope_unless_the_broker_says_otherwise(string text, string? account, string? strategy, bool expected)
    {
        Assert.True(Scope.TryParse(text, out var scope));
        Assert.Equal(expected, _scopes.Contains(scope, "b", new BrokerOrder("1", "1", account, strategy, "X", 1, "new")));
    }
}
