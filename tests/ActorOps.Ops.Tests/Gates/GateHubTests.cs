using System.Text.Json;
using ActorOps.Ops.Gates;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Gates;

public sealed class GateHubTests : IAsyncLifetime
{
    private readonly OpsHarness _harness = new();
    private GateSession _session = null!;

    public async Task InitializeAsync()
    {
        await _harness.RegisterAsync();
        _session = _harness.Ops.Gates.Open("d", []);
        _harness.Ops.Gates.Attach(_session);
        Take();
    }

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public void A_permit_ends_no_later_than_its_nodes_trust()
    {
        _harness.TrustLeft = TimeSpan.FromMilliseconds(1234);
        _harness.Ops.Gates.OnEcho(_session, 42);
        var permit = Assert.Single(Take("permit"));
        Assert.Equal((42, 1234), (permit.GetProperty("echo").GetInt64(), permit.GetProperty("validForMs").GetInt32()));
        _harness.TrustLeft = TimeSpan.FromHours(1);
        _harness.Ops.Gates.OnEcho(_session, 43);
        Assert.Equal(3000, Assert.Single(Take("permit")).GetProperty("validForMs").GetInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5000)]
    public async Task A_node_that_may_not_believe_in_itself_gives_no_permits_and_no_orders_but_those_that_reduce_risk(int trustMs)
    {
        await _harness.Ops.SwitchFeedAsync(new Feeds.FeedCommand.Switch("f", "g", "p", "r"));
        _harness.TrustLeft = TimeSpan.FromMilliseconds(trustMs);
        _harness.Ops.Gates.OnEcho(_session, 42);
        await _harness.Ops.Gates.TickAsync();
        Assert.Empty(Take());
        await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "test", "p", "p"));
        var events = Take();
        Assert.Contains(events, e => e.Name == "state" && e.Json.Contains("KILLED", StringComparison.Ordinal));
        Assert.Contains(events, e => e.Name == "control" && e.Json.Contains("cancel-all", StringComparison.Ordinal));
        _harness.TrustLeft = TimeSpan.FromSeconds(4);
        await _harness.Ops.Gates.TickAsync();
        Assert.Contains(Take(), e => e.Json.Contains("switch-feed", StringComparison.Ordinal));
    }

    private List<GateEvent> Take()
    {
        var events = new List<GateEvent>();
        while (_session.Events.TryRead(out var e))
        {
            events.Add(e);
        }

        return events;
    }

    private List<JsonElement> Take(string name) => [.. Take().Where(e => e.Name == name).Select(e => JsonDocument.Parse(e.Json).RootElement)];
}
