using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests.Desks;

/// <summary>Registrations through the whole domain: what waits, who approves, what a restart remembers, and that no window notices.</summary>
public sealed class DeskRegistrationTests : IAsyncLifetime
{
    private static readonly Desk Raised = OpsHarness.Desk with
    {
        Aum = 1e12m,
        Accounts = [OpsHarness.Desk.Accounts[0] with { Aum = 1e12m }],
        Strategies = [.. OpsHarness.Desk.Strategies.Select(strategy => strategy with { Aum = 1e12m })],
    };

    private readonly OpsHarness _harness = new();

    private OpsSystem Ops => _harness.Ops;

    public async Task InitializeAsync()
    {
        await _harness.RegisterAsync();
        await _harness.AddPeopleAsync(Person("ann"), Person("bob"), Person("trader"));
    }

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task A_hello_that_loosens_waits_for_two_people_and_then_counts()
    {
        var waiting = await RegisterAsync(Raised);
        Assert.Equal(4, waiting.Waiting!.Changes.Count);
        Assert.Equal((1_000_000, 100_000), (Ops.Registry.Find("d")!.Aum, Ops.Registry.Find("d")!.Strategies[0].Aum));
        var change = Assert.Single(Ops.KillSwitch.Changes);
        Assert.Equal((waiting.ChangeId, "desk", "d", 2), (change.ChangeId, change.Kind, change.Subject, change.ApprovalsNeeded));

        // Asked for again, it is the same, in whatever order its lists are.
        Assert.Equal(change.ChangeId, (await RegisterAsync(Raised)).ChangeId);
        Assert.Equal(change.ChangeId, (await RegisterAsync(Raised with { Strategies = [.. Raised.Strategies.Reverse()], Feeds = [.. Raised.Feeds.Reverse()] })).ChangeId);
        Assert.Single(Ops.KillSwitch.Changes);

        Assert.Equal("own-request", Assert.IsType<ChangeReply.Rejected>(await ApproveAsync("trader", change.ChangeId)).Code);
        Assert.IsType<ChangeReply.Stands>(await ApproveAsync("ann", change.ChangeId));
        await TickAsync();
        Assert.Equal(1_000_000, Ops.Registry.Find("d")!.Aum);
        Assert.Equal("own-request", Assert.IsType<ChangeReply.Rejected>(await ApproveAsync("ann", change.ChangeId)).Code);
        Assert.IsType<ChangeReply.Stands>(await ApproveAsync("bob", change.ChangeId));
        await Waiting.For(async () =>
        {
            await TickAsync();
            return Ops.Registry.Find("d")!.Aum == 1e12m;
        });
        Assert.Null((await RegisterAsync(Raised)).Waiting);
    }

    [Fact]
    public async Task What_a_desk_asks_for_now_takes_the_place_of_what_it_asked_for_before_approvals_included()
    {
        var first = (await RegisterAsync(Raised)).ChangeId!.Value;
        await ApproveAsync("ann", first);
        var second = (await RegisterAsync(Raised with { Aum = 5e11m })).ChangeId!.Value;
        Assert.NotEqual(first, second);
        var change = Assert.Single(Ops.KillSwitch.Changes);
        Assert.Equal((second, 0), (change.ChangeId, change.Approvals.Count));
    }

    [Fact]
    public async Task A_proposal_that_the_desk_no_longer_makes_does_not_come_into_force()
    {
        var change = (await RegisterAsync(Raised)).ChangeId!.Value;
        Assert.Null((await RegisterAsync(OpsHarness.Desk)).Waiting);
        await ApproveAsync("ann", change);
        await ApproveAsync("bob", change);
        await TickAsync();
        await TickAsync();
        Assert.Equal(1_000_000, Ops.Registry.Find("d")!.Aum);
    }

    [Fact]
    public async Task Nobody_asks_for_a_change_of_a_desk_in_its_place() => Assert.Equal(
        "bad-change", Assert.IsType<ChangeReply.Rejected>(await Ops.KillSwitch.RequestChangeAsync(Person("ann"), "desk", "d", "nothing to see", "hash", "please", null)).Code);

    [Fact]
    public async Task The_lowest_of_thirty_days_and_what_waits_survive_a_restart()
    {
        await RegisterAsync(OpsHarness.Desk with { Aum = 500_000 });
        await RegisterAsync(Raised);
        await using var second = new OpsHarness(_harness.Journal, _harness.Time);
        await second.Ops.WhenReady;
        Assert.Equal(500_000, second.Ops.Registry.Find("d")!.Aum);
        var reply = Assert.IsType<DeskReply.Registered>(await second.Ops.RegisterAsync(OpsHarness.Desk, "desk", "trader"));
        Assert.Contains("AUM of desk 'd' from 500,000 to 1,000,000 (more than 10 % above 500,000, its lowest of 30 days)", reply.Waiting!.Changes);
    }

    [Fact]
    public async Task A_hello_changes_nothing_of_a_desk_that_the_configuration_names()
    {
        Assert.IsType<DeskReply.Registered>(await Ops.RegisterAsync(OpsHarness.Desk, "a name is only shown", isConfiguration: true));
        var reply = await RegisterAsync(OpsHarness.Desk with { Strategies = [.. OpsHarness.Desk.Strategies, new DeskStrategy("u", "a", "f", 1)] });
        Assert.Equal(2, reply.Desk.Strategies.Count);
        Assert.NotNull(reply.ChangeId);
    }

    [Fact]
    public async Task Leaving_a_tripped_account_is_refused()
    {
        await Ops.KillSwitch.TripAsync(new TripRequest(Scope.Of("account", "a"), TradingState.Killed, "test", "p", "p"));
        var moved = OpsHarness.Desk with
        {
            Accounts = [.. OpsHarness.Desk.Accounts, new DeskAccount("free", "b", 1)],
            Strategies = [OpsHarness.Desk.Strategies[0] with { Account = "free" }, OpsHarness.Desk.Strategies[1]],
        };
        var refused = Assert.IsType<DeskReply.Rejected>(await Ops.RegisterAsync(moved, "desk"));
        Assert.Equal("scope-tripped", refused.Code);
        Assert.Contains("strategy/s would leave account/a", refused.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1e12)]
    [InlineData(1_000_000_000_001)]
    [InlineData(1e15)]
    public void An_AUM_out_of_its_bounds_is_refused_with_its_place(double aum)
    {
        var desk = OpsHarness.Desk with { Strategies = [OpsHarness.Desk.Strategies[0], OpsHarness.Desk.Strategies[1] with { Aum = (decimal)aum }] };
        Assert.Equal(aum == 1e12 ? [] : ["/strategies/1/aum"], DeskBounds.Problems(desk).Select(problem => problem.Pointer));
        Assert.Equal(aum == 1e12, DeskValidation.Errors(desk).Count == 0);
    }

    [Fact]
    public async Task Another_AUM_and_back_trips_nobody_and_keeps_what_was_lost()
    {
        await _harness.LiveAsync(2);
        await _harness.BeatAsync(s: -400);
        await _harness.SettleAsync();
        foreach (var aum in (decimal[])[50_000, 55_000, 50_000])
        {
            Assert.Null((await RegisterAsync(OpsHarness.Desk with { Aum = aum * 10, Strategies = [OpsHarness.Desk.Strategies[0] with { Aum = aum }, OpsHarness.Desk.Strategies[1]] })).Waiting);
            for (var i = 0; i < 4; i++)
            {
                await _harness.BeatAsync(s: -400);
                _harness.Time.Advance(TimeSpan.FromSeconds(1));
                await _harness.SettleAsync();
            }
        }

        Assert.Empty(Ops.KillSwitch.Current.Trips);
        var detail = await Ops.InspectAsync(new TargetId(TargetKind.Strategy, "s"));
        Assert.Equal((0, -0.4), (detail!.Restarts, Math.Round(detail.Rules.First(rule => rule.Rule == "hourly-pnl").Value, 6)));
        var firm = await Ops.InspectAsync(new TargetId(TargetKind.Scope, "firm"));
        Assert.Equal(-0.04, Math.Round(firm!.Rules.First(rule => rule.Rule == "daily-pnl").Value, 6));
    }

    private async Task<DeskReply.Registered> RegisterAsync(Desk desk) => Assert.IsType<DeskReply.Registered>(await Ops.RegisterAsync(desk, "desk", "trader"));

    private Task<ChangeReply> ApproveAsync(string person, Guid change) => Ops.KillSwitch.ApproveChangeAsync(new Approval(Person(person), null, null), change);

    private async Task TickAsync()
    {
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        await RegistryAsync();
    }

    /// <summary>An answer of the registry comes after it has handled the tick before it.</summary>
    private async Task RegistryAsync() => Assert.IsType<DeskReply.Rejected>(await Ops.RegisterAsync(OpsHarness.Desk with { Id = "not an id" }, "test"));

    private static Principal Person(string name) => new(name, name, [Role.Risk, Role.Operator, Role.Admin], name, DateTimeOffset.UnixEpoch);
}
