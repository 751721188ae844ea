using ActorOps.Kernel.Persistence;
using ActorOps.Ops.Access;
using ActorOps.Ops.Approvals;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;

namespace ActorOps.Ops.Tests;

public sealed class OpsSystemTests : IAsyncLifetime
{
    private readonly OpsHarness _harness = new();

    private OpsSystem Ops => _harness.Ops;

    public Task InitializeAsync() => _harness.RegisterAsync();

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task A_desk_that_has_been_registered_may_send_at_once()
    {
        for (var i = 0; i < 30; i++)
        {
            await using var harness = new OpsHarness();
            await harness.Ops.WhenReady;
            Assert.IsType<DeskReply.Registered>(await harness.Ops.RegisterAsync(OpsHarness.Desk, "test"));
            await harness.SendAsync(OpsHarness.Pnl("s", 1));
        }
    }

    [Fact]
    public async Task A_cold_start_is_held_and_lifts_by_itself_after_health()
    {
        Assert.Equal(TradingState.ReduceOnly, Level("s"));
        await _harness.LiveAsync(4);
        Assert.Equal(TradingState.ReduceOnly, Level("s"));
        await _harness.LiveAsync(4);
        Assert.Equal(TradingState.Active, Level("s"));
        Assert.Empty(Ops.Board.Current.Trips);
    }

    [Fact]
    public async Task A_confirmed_loss_kills_its_strategy_and_no_other()
    {
        await _harness.LiveAsync(8);
        for (var i = 0; i < 3; i++)
        {
            await _harness.BeatAsync(s: -600);
        }

        await Waiting.For(() => Level("s") == TradingState.Killed);
        Assert.Equal(TradingState.Active, Level("t"));
        var trip = Assert.Single(Ops.Board.Current.Trips);
        Assert.Equal(("rule:hourly-pnl", "strategy/s", "strategy/s"), (trip.Source, trip.Cause, trip.Scope.ToString()));
        await Waiting.For(() => _harness.Journal.Records.Any(record => record.Kind == "kill-switch.tripped.v1"));
        await Waiting.For(() => Ops.Escalations.Items.Any(escalation => escalation is { Severity: "P0", Target: "strategy/s" } && escalation.Text.Contains("KILLED", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_reset_a_breach_that_goes_on_trips_again_only_when_it_worsens()
    {
        await _harness.LiveAsync(8);
        for (var i = 0; i < 3; i++)
        {
            await _harness.BeatAsync(s: -600);
        }

        await Waiting.For(() => Level("s") == TradingState.Killed);
        var trip = Ops.Board.Current.Trips.Single().TripId;
        var old = _harness.Time.GetUtcNow().AddDays(-2);
        var alice = new Principal("a", "alice", [Role.Operator, Role.Admin], "a", old);
        var bob = new Principal("b", "bob", [Role.Risk], "b", old);
        await _harness.AddPeopleAsync(alice, bob);
        var reset = Assert.IsType<KillSwitchReply.ResetWaiting>(await Ops.KillSwitch.RequestResetAsync(alice, [trip], "r", "c", null)).Request.ResetId;
        Assert.Equal("checklist-open", Assert.IsType<KillSwitchReply.Rejected>(await Ops.KillSwitch.ApproveResetAsync(new Approval(bob, null, null), reset)).Code);
        await _harness.SignAsync(alice, reset);
        Assert.IsType<KillSwitchReply.Reset>(await Ops.KillSwitch.ApproveResetAsync(new Approval(bob, null, null), reset));
        Assert.Equal(TradingState.ReduceOnly, Level("s"));
        await _harness.SettleAsync();
        for (var i = 0; i < 4; i++)
        {
            await _harness.BeatAsync(s: -900);
            await _harness.SettleAsync();
        }

        Assert.Equal(TradingState.ReduceOnly, Level("s"));
        await _harness.BeatAsync(s: -1200);
        await Waiting.For(() => Level("s") == TradingState.Killed);
    }

    [Fact]
    public async Task Who_was_revoked_a_moment_ago_approves_nothing_though_the_request_still_carries_his_role()
    {
        await _harness.LiveAsync(8);
        var trip = (await Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "test", "p", "p"))).Trip.TripId;
        var old = _harness.Time.GetUtcNow().AddDays(-2);
        var alice = new Principal("a", "alice", [Role.Operator, Role.Admin], "a", old);
        var bob = new Principal("b", "bob", [Role.Risk], "b", old);
        await _harness.AddPeopleAsync(alice, bob);
        var reset = Assert.IsType<KillSwitchReply.ResetWaiting>(await Ops.KillSwitch.RequestResetAsync(alice, [trip], "r", "c", null)).Request.ResetId;
        await _harness.SignAsync(alice, reset);
        await Ops.ChangeAccessAsync(new AccessCommand.Revoke("b", "a"));
        Assert.Equal("forbidden", Assert.IsType<KillSwitchReply.Rejected>(await Ops.KillSwitch.ApproveResetAsync(new Approval(bob, null, null), reset)).Code);
        Assert.Equal(TradingState.Killed, Level("s"));
    }

    [Fact]
    public async Task An_override_is_of_a_hold_that_stands_needs_two_others_and_ends_by_itself()
    {
        // A broker that is silent is held, and nothing else is wrong.
        await _harness.LiveAsync(8);
        await Pass(20, () => _harness.SendAsync(OpsHarness.Pnl("s", 0), OpsHarness.Pnl("t", 0), """{"type":"tick","feed":"f","symbol":"X","last":100}""", """{"type":"tick","feed":"g","symbol":"X","last":100}"""));
        var cause = Ops.Board.CausesOf(Scope.Broker("b"))[0];
        var old = _harness.Time.GetUtcNow().AddDays(-2);
        List<Principal> people = [.. new[] { "alice", "bob", "carol" }.Select(name => new Principal(name, name, [Role.Operator, Role.Admin, Role.Risk], name, old))];
        await _harness.AddPeopleAsync([.. people]);
        Task<ChangeReply> Ask(string about) => Ops.KillSwitch.RequestChangeAsync(people[0], ChangeKinds.Override, "broker/b", "s", about, "the session is up, its heartbeat is broken", TimeSpan.FromMinutes(30));
        var refused = Assert.IsType<ChangeReply.Rejected>(await Ask("nothing"));
        Assert.Equal("not-held", refused.Code);
        Assert.Contains(cause, refused.Why, StringComparison.Ordinal);
        var change = Assert.IsType<ChangeReply.Stands>(await Ask(cause)).Change.ChangeId;
        foreach (var person in people.Skip(1))
        {
            Assert.NotEqual(TradingState.Active, Ops.Board.Current.Of(Scope.Broker("b")).Level);
            Assert.IsType<ChangeReply.Stands>(await Ops.KillSwitch.ApproveChangeAsync(new Approval(person, null, null), change));
            await Ops.FollowAsync();
            await Ops.TickAsync(CancellationToken.None);
        }

        Assert.Equal(TradingState.Active, Ops.Board.Current.Of(Scope.Broker("b")).Level);
        _harness.Time.Advance(TimeSpan.FromMinutes(31));
        await Ops.TickAsync(CancellationToken.None);
        Assert.NotEqual(TradingState.Active, Ops.Board.Current.Of(Scope.Broker("b")).Level);
    }

    [Fact]
    public async Task Two_critical_samples_do_not_trip()
    {
        await _harness.LiveAsync(8);
        await _harness.BeatAsync(s: -600);
        await _harness.BeatAsync(s: -600);
        await _harness.SettleAsync();
        Assert.Empty(Ops.Board.Current.Trips);
        Assert.Equal(Verdict.Critical, Ops.Supervisors.Find(new TargetId(TargetKind.Strategy, "s"))!.Verdict);
    }

    [Fact]
    public async Task Losses_of_several_strategies_trip_the_firm_by_its_own_assets()
    {
        await _harness.LiveAsync(8);
        for (var i = 0; i < 4; i++)
        {
            await _harness.BeatAsync(s: -490, t: -4600);
            await _harness.SettleAsync();
        }

        await Waiting.For(() => Ops.Board.Current.Of(Scope.Firm).Level == TradingState.Killed);
    }

    [Fact]
    public async Task A_strategy_that_falls_silent_is_unknown_at_once_and_held_after_the_grace()
    {
        await _harness.LiveAsync(8);
        await Pass(12, OthersAlive);
        Assert.Equal(Verdict.Unknown, Ops.Supervisors.Find(new TargetId(TargetKind.Strategy, "s"))!.Verdict);
        Assert.Equal(TradingState.Active, Level("s"));
        await Pass(30, OthersAlive);
        Assert.Equal(TradingState.ReduceOnly, Level("s"));
        Assert.Equal("hold:strategy/s", Ops.Board.Current.Of(Scope.Strategy("s")).Cause);
        await _harness.LiveAsync(8);
        Assert.Equal(TradingState.Active, Level("s"));
    }

    [Fact]
    public async Task A_silent_feed_is_switched_to_its_backup_with_an_order_to_the_desk()
    {
        await _harness.LiveAsync(8);
        await _harness.LiveAsync(35, primary: false);
        await Waiting.For(() => Ops.ActiveFeeds.For("f") == "g");
        var order = Assert.Single(await _harness.Journal.ReadPendingAsync("desk/d", 10));
        Assert.Contains("\"to\":\"g\"", order.Payload, StringComparison.Ordinal);
        Assert.Empty(Ops.Board.Current.Trips);
    }

    [Fact]
    public async Task A_switch_that_the_store_could_not_take_is_asked_for_again()
    {
        await _harness.LiveAsync(8);
        _harness.Journal.AppendFailure = new JournalUnavailableException("disk full");
        await _harness.LiveAsync(40, primary: false);
        Assert.Equal("f", Ops.ActiveFeeds.For("f"));
        _harness.Journal.AppendFailure = null;
        await Waiting.For(async () =>
        {
            await _harness.LiveAsync(1, primary: false);
            return Ops.ActiveFeeds.For("f") == "g";
        });
    }

    [Fact]
    public async Task Both_feeds_silent_kill_every_strategy_on_them()
    {
        await _harness.LiveAsync(8);
        await _harness.LiveAsync(35, primary: false, backup: false);
        await Waiting.For(() => Level("s") == TradingState.Killed && Level("t") == TradingState.Killed);
        Assert.Equal("f", Ops.ActiveFeeds.For("f"));
    }

    [Fact]
    public async Task A_broker_session_that_is_down_is_held_at_cancel_only_and_lifts_by_itself()
    {
        await _harness.LiveAsync(8);
        await Pass(25, () => _harness.SendAsync(OpsHarness.Pnl("s", 0), OpsHarness.Pnl("t", 0), """{"type":"tick","feed":"f","symbol":"X","last":100}"""));
        Assert.Equal(TradingState.CancelOnly, Ops.Board.Current.Of(Scope.Broker("b")).Level);
        await _harness.LiveAsync(8);
        Assert.Equal(TradingState.Active, Ops.Board.Current.Of(Scope.Broker("b")).Level);
    }

    [Fact]
    public async Task A_trip_needs_no_store_and_is_stored_as_soon_as_there_is_one()
    {
        _harness.Journal.AppendFailure = new JournalUnavailableException("disk full");
        var trip = Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "test", "p", "p"));
        Assert.Equal(TradingState.Killed, Ops.Board.Current.Of(Scope.Firm).Level);
        await Waiting.For(() =>
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            return trip.IsCompleted;
        });
        var receipt = await trip;
        Assert.Equal((true, false), (receipt.Latched, receipt.Durable));
        var again = Ops.KillSwitch.TripAsync(new TripRequest(Scope.Firm, TradingState.Killed, "test", "p", "p"));
        await Waiting.For(() =>
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            return again.IsCompleted;
        });
        Assert.False((await again).Durable, "joining a trip that is not stored does not store it");
        _harness.Journal.AppendFailure = null;
        await Waiting.For(() =>
        {
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            return _harness.Journal.Records.Any(record => record.Payload.Contains($"{receipt.Trip.TripId}", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task The_same_trip_again_joins_the_standing_one_and_is_recorded()
    {
        var request = new TripRequest(Scope.Firm, TradingState.Killed, "cli", "p", "p");
        var first = await Ops.KillSwitch.TripAsync(request);
        var second = await Ops.KillSwitch.TripAsync(request with { Reason = "still" });
        Assert.Equal((first.Trip.TripId, false), (second.Trip.TripId, second.IsNew));
        Assert.Single(Ops.Board.Current.Trips);
        await Waiting.For(() => _harness.Journal.Records.Any(record => record.Kind == "kill-switch.raised-again.v1"));
    }

    [Fact]
    public async Task A_new_process_on_the_same_journal_has_every_trip_desk_and_feed()
    {
        await Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "cli", "p", "p"));
        await Ops.SwitchFeedAsync(new Feeds.FeedCommand.Switch("f", "backup", "p", "try"));
        await using var next = new OpsHarness(_harness.Journal, _harness.Time);
        await next.Ops.WhenReady;
        Assert.Single(next.Ops.Board.Current.Trips);
        await Waiting.For(() => next.Ops.Registry.Find("d") is not null && next.Ops.ActiveFeeds.For("f") == "g");
    }

    [Fact]
    public async Task A_flood_to_one_strategy_leaves_its_timer_and_the_firms_figures_their_turn()
    {
        using var stop = new CancellationTokenSource();
        var line = OpsHarness.Pnl("s", -7);
        var flood = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await _harness.SendAsync([.. Enumerable.Repeat(line, 2000)]);
            }
        })).ToList();
        await _harness.SendAsync(OpsHarness.Pnl("t", 0));
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(await Ops.InspectAsync(new TargetId(TargetKind.Strategy, "s")).WaitAsync(TimeSpan.FromSeconds(5)));
        }

        await Waiting.For(async () => (await Ops.InspectAsync(new TargetId(TargetKind.Scope, "firm")))!.Rules.Any(rule => rule.Rule == "daily-pnl" && rule.Value < 0));
        await stop.CancelAsync();
        await Task.WhenAll(flood);
    }

    [Fact]
    public async Task Renaming_a_strategy_under_a_standing_trip_is_refused()
    {
        await Ops.KillSwitch.TripAsync(new TripRequest(Scope.Strategy("s"), TradingState.Killed, "cli", "p", "p"));
        var renamed = OpsHarness.Desk with { Strategies = [OpsHarness.Desk.Strategies[0] with { Id = "s2" }, OpsHarness.Desk.Strategies[1]] };
        Assert.Equal("scope-tripped", Assert.IsType<DeskReply.Rejected>(await Ops.RegisterAsync(renamed, "desk")).Code);
    }

    [Fact]
    public async Task A_desk_cannot_take_another_desks_targets()
    {
        var thief = OpsHarness.Desk with { Id = "thief" };
        Assert.Equal("target-taken", Assert.IsType<DeskReply.Rejected>(await Ops.RegisterAsync(thief, "desk")).Code);
    }

    private TradingState Level(string strategy) => Ops.Board.Current.Over(Scope.Strategy(strategy)).Level;

    private Task OthersAlive() => _harness.SendAsync(
        OpsHarness.Pnl("t", 0), """{"type":"heartbeat","kind":"broker","id":"b"}""", """{"type":"tick","feed":"f","symbol":"X","last":100}""", """{"type":"tick","feed":"g","symbol":"X","last":100}""");

    private async Task Pass(int seconds, Func<Task> beat)
    {
        for (var i = 0; i < seconds; i++)
        {
            await beat();
            _harness.Time.Advance(TimeSpan.FromSeconds(1));
            await _harness.SettleAsync();
        }
    }
}
