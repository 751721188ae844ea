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
        _session = _harness.Ops.Gates.Open("d", [])!;
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

    [Fact]
    public void A_desk_that_says_hello_again_and_again_has_a_few_sessions_and_its_open_ones_stay()
    {
        for (var i = 0; i < 5394; i++)
        {
            Assert.NotNull(_harness.Ops.Gates.Open("d", []));
        }

        Assert.Same(_session, _harness.Ops.Gates.Find(_session.Id));
        var unheard = _harness.Ops.Gates.Open("d", [])!;
        for (var i = 0; i < 15; i++)
        {
            _harness.Ops.Gates.Attach(unheard);
            unheard = _harness.Ops.Gates.Open("d", []) ?? unheard;
        }

        Assert.Equal(16, _harness.Ops.Gates.Sessions.Count);
        Assert.Null(_harness.Ops.Gates.Open("d", []));
        Assert.False(_harness.Ops.Gates.HasRoom("d"));
        _harness.Ops.Gates.Detach(_session);
        Assert.NotNull(_harness.Ops.Gates.Open("d", []));
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

    [Theory]
    [InlineData(600_000)]
    [InlineData(-600_000)]
    [InlineData(-2_000_000)]
    public void An_echo_far_from_where_the_earlier_ones_put_the_clock_is_answered_by_nothing(long offMs)
    {
        const long Ms = 1_000_000;
        Assert.True(_harness.Ops.Gates.OnEcho(_session, 1_000_000 * Ms));
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        Take();
        Assert.False(_harness.Ops.Gates.OnEcho(_session, (1_001_000 + offMs) * Ms));
        Assert.Empty(Take());
        Assert.True(_harness.Ops.Gates.OnEcho(_session, 1_001_000 * Ms));
        Assert.Equal(1_001_000 * Ms, Assert.Single(Take("permit")).GetProperty("echo").GetInt64());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_echo_that_is_no_clocks_reading_is_refused(long echo)
    {
        Assert.False(_harness.Ops.Gates.OnEcho(_session, echo));
        Assert.Empty(Take());
    }

    [Fact]
    public async Task Another_desks_word_on_an_order_changes_nothing_and_its_owner_still_gets_it()
    {
        await _harness.Ops.SwitchFeedAsync(new Feeds.FeedCommand.Switch("f", "g", "p", "r"));
        _harness.Ops.Gates.OnEcho(_session, 42);
        await _harness.Ops.Gates.TickAsync();
        var order = Assert.Single(Take("control")).GetProperty("id").GetGuid();
        Assert.Equal('4', $"{order}"[14]);

        Assert.Equal(ControlAnswer.Unknown, await _harness.Ops.Gates.AcknowledgeAsync("thief", order, "applied"));
        _harness.Time.Advance(TimeSpan.FromSeconds(6));
        await _harness.Ops.Gates.TickAsync();
        Assert.Equal(order, Assert.Single(Take("control")).GetProperty("id").GetGuid());

        Assert.Equal(ControlAnswer.Taken, await _harness.Ops.Gates.AcknowledgeAsync("d", order, "applied"));
        Assert.Equal(ControlAnswer.Repeated, await _harness.Ops.Gates.AcknowledgeAsync("d", order, "applied"));
        Assert.Equal(ControlAnswer.Unknown, await _harness.Ops.Gates.AcknowledgeAsync("d", Guid.CreateVersion7(), "applied"));
        _harness.Time.Advance(TimeSpan.FromSeconds(6));
        await _harness.Ops.Gates.TickAsync();
        Assert.Empty(Take("control"));
    }

    [Fact]
    public async Task Another_desks_word_on_a_kill_changes_nothing()
    {
        var trip = (await _harness.Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "test", "p", "p"))).Trip.TripId;
        Take();
        Assert.Equal(ControlAnswer.Unknown, await _harness.Ops.Gates.AcknowledgeAsync("thief", trip, "applied"));
        _harness.Time.Advance(TimeSpan.FromSeconds(6));
        await _harness.Ops.Gates.TickAsync();
        Assert.Equal(trip, Assert.Single(Take("control")).GetProperty("id").GetGuid());
        Assert.Equal(ControlAnswer.Taken, await _harness.Ops.Gates.AcknowledgeAsync("d", trip, "applied"));
        Assert.Equal(ControlAnswer.Repeated, await _harness.Ops.Gates.AcknowledgeAsync("d", trip, "applied"));
    }

    [Fact]
    public async Task An_order_that_expires_waits_for_the_desks_first_echo()
    {
        await _harness.Ops.SwitchFeedAsync(new Feeds.FeedCommand.Switch("f", "g", "p", "r"));
        await _harness.Ops.Gates.TickAsync();
        Assert.Empty(Take("control"));
        _harness.Ops.Gates.OnEcho(_session, 42);
        await _harness.Ops.Gates.TickAsync();
        Assert.Equal(42, Assert.Single(Take("control")).GetProperty("echo").GetInt64());
    }

    [Theory]
    [InlineData("applied", "applied")]
    [InlineData("failed", "failed")]
    [InlineData("x\u001b[2J", "other")]
    [InlineData(null, "other")]
    public void Only_known_words_are_kept_of_an_outcome(string? outcome, string kept) => Assert.Equal(kept, ControlOutcome.Of(outcome));

    [Fact]
    public void What_a_desk_says_of_an_order_is_cleaned_and_cut()
    {
        var text = ControlOutcome.Describe("bad\u001b[31m\n" + new string('x', 10_000), "no\u0007" + new string('y', 10_000));
        Assert.InRange(text.Length, 100, 700);
        Assert.DoesNotContain(text, char.IsControl);
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
