using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Resets;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Resets;

public class ResetChecklistTests
{
    private static readonly DateTimeOffset Now = Trips.Now.AddDays(2);
    private readonly FakeFacts _facts = new();
    private KillSwitchState _state = new();

    [Fact]
    public async Task What_the_system_sees_is_verified_and_what_it_cannot_see_is_open_until_somebody_signs()
    {
        var trip = Trips.Of("strategy/a");
        Assert.Equal(["root-cause Verified", "open-orders Verified", "reconciliation Open", "no-new-critical Verified", "standing-cause Verified", "cluster Verified"], await States(trip));
        Assert.Contains("reconciliation Signed", await States(trip, signed: "reconciliation"));
    }

    [Fact]
    public async Task A_critical_or_a_cluster_in_disorder_cannot_be_signed_away()
    {
        _facts.Health = ScopeHealth.Bad("feed/f is critical");
        _facts.Problem = "no report from node-2";
        Assert.Contains("no-new-critical Failed", await States(Trips.Of("strategy/a"), signed: "no-new-critical"));
        Assert.Contains("cluster Failed", await States(Trips.Of("strategy/a"), signed: "cluster"));
    }

    [Fact]
    public async Task An_unknown_is_open_and_a_person_may_vouch_for_it()
    {
        _facts.Health = ScopeHealth.Unknown("strategy/a is unknown");
        Assert.Contains("no-new-critical Open", await States(Trips.Of("strategy/a")));
        Assert.Contains("no-new-critical Signed", await States(Trips.Of("strategy/a"), signed: "no-new-critical"));
    }

    [Fact]
    public async Task Open_orders_count_only_where_none_may_be_open()
    {
        _facts.Orders = ScopeHealth.Bad("1 open order");
        Assert.Contains("open-orders Failed", await States(Trips.Of("strategy/a")));
        Assert.DoesNotContain(await States(Trips.Of("strategy/a", TradingState.ReduceOnly)), check => check.StartsWith("open-orders", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rule:hourly-pnl", 2)]
    [InlineData("rule:drawdown", 2)]
    [InlineData("rollback", 24)]
    [InlineData("canary", 24)]
    public async Task The_cause_says_how_long_the_shadow_run_must_be(string source, int hours)
    {
        var trip = Trips.Of("strategy/a", TradingState.Killed, source);
        trip = trip with { Origin = source.StartsWith("rule:", StringComparison.Ordinal) ? TripOrigin.Rule : TripOrigin.Rollback, Rule = source.StartsWith("rule:", StringComparison.Ordinal) ? source[5..] : null };
        Assert.Contains("shadow Open", await States(trip));
        var begin = trip.RaisedAt.AddMinutes(1);
        Assert.Contains("shadow Signed", await States(trip, new ShadowRun(begin, begin.AddHours(hours), 0, 1.9)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(begin, begin.AddHours(hours).AddSeconds(-1), 0, 1.9)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(begin, begin.AddHours(hours), -0.01m, 1.9)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(begin, begin.AddHours(hours), 0, 2.1)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(begin, begin.AddHours(hours), 0, double.NaN)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(trip.RaisedAt.AddMinutes(-1), begin.AddHours(hours), 0, 1)));
        Assert.Contains("shadow Failed", await States(trip, new ShadowRun(begin, Now.AddMinutes(1), 0, 1)));
    }

    [Fact]
    public async Task A_stop_by_hand_needs_no_shadow_run() => Assert.DoesNotContain(await States(Trips.Of("firm")), check => check.StartsWith("shadow", StringComparison.Ordinal));

    [Fact]
    public async Task An_alert_that_fires_blocks_until_it_has_ended_and_one_of_which_nothing_is_heard_is_unknown()
    {
        var trip = Trips.Of("strategy/a", TradingState.Killed, "alert:ab") with { Origin = TripOrigin.Alert, Alert = "ab", RaisedAt = Now.AddHours(-1) };
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.Tripped(trip));
        Assert.Contains("standing-cause Failed", await States(trip, signed: "standing-cause"));
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.CauseEnded(trip.TripId, Now.AddMinutes(-30)));
        Assert.Contains("standing-cause Verified", await States(trip));
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.RaisedAgain(trip.TripId, "am", "am", "again", null, Now.AddMinutes(-10)));
        Assert.Contains("standing-cause Failed", await States(trip));
        Assert.Contains("standing-cause Open", await States(trip with { RaisedAt = Now.AddHours(-13) }, state: KillSwitchState.Apply(new(), new KillSwitchEvent.Tripped(trip with { RaisedAt = Now.AddHours(-13) }))));
    }

    [Fact]
    public async Task Every_alert_that_joined_a_trip_must_have_ended()
    {
        var trip = Trips.Of("strategy/a", TradingState.Killed, "alert:ab") with { Origin = TripOrigin.Alert, Alert = "ab", RaisedAt = Now.AddHours(-1) };
        KillSwitchEvent[] events =
        [
            new KillSwitchEvent.Tripped(trip),
            new KillSwitchEvent.RaisedAgain(trip.TripId, "am", "am", "again", null, Now.AddMinutes(-40)) { Origin = TripOrigin.Alert, Source = "alert:cd", Alert = "cd" },
            new KillSwitchEvent.CauseEnded(trip.TripId, Now.AddMinutes(-30)) { Alert = "ab" },
        ];
        _state = events.Aggregate(_state, KillSwitchState.Apply);
        Assert.Contains("standing-cause Failed", await States(trip));
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.CauseEnded(trip.TripId, Now.AddMinutes(-20)) { Alert = "cd" });
        Assert.Contains("standing-cause Verified", await States(trip));
    }

    [Fact]
    public async Task A_rule_that_joined_a_stop_by_hand_asks_for_its_shadow_run_and_its_breach_is_known()
    {
        var trip = Trips.Of("strategy/a");
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.Tripped(trip));
        _state = KillSwitchState.Apply(_state, new KillSwitchEvent.RaisedAgain(trip.TripId, "p", "p", "lost", null, Now) { Origin = TripOrigin.Rule, Source = "rule:drawdown", Rule = "drawdown", Cause = "strategy/a" });
        Assert.Contains("shadow Open", await States(trip));
        Assert.Equal(["strategy/a drawdown"], _facts.Ignored);
    }

    [Theory]
    [InlineData("rule:drawdown")]
    [InlineData("alert:ab")]
    [InlineData("recovery")]
    public async Task A_source_that_a_caller_wrote_decides_nothing(string source)
    {
        var trip = Trips.Of("strategy/a", TradingState.Killed, source) with { Origin = TripOrigin.Person };
        var states = await States(trip);
        Assert.DoesNotContain(states, state => state.StartsWith("shadow", StringComparison.Ordinal));
        Assert.Contains("standing-cause Verified", states);
        Assert.Empty(_facts.Ignored);
    }

    [Fact]
    public async Task The_breach_that_is_reset_is_known_and_is_no_new_critical()
    {
        await States(Trips.Of("strategy/a", TradingState.Killed, "rule:hourly-pnl") with { Origin = TripOrigin.Rule, Rule = "hourly-pnl", Cause = "strategy/a" });
        Assert.Equal(["strategy/a hourly-pnl"], _facts.Ignored);
    }

    private async Task<List<string>> States(Trip trip, ShadowRun? run = null, string? signed = null, KillSwitchState? state = null)
    {
        var request = new ResetRequest(Guid.NewGuid(), [trip.TripId], "r", "c", null, "alice", "Alice", Now, Now.AddHours(4))
        {
            Shadow = run,
            Signatures = signed is null ? null : [new Signature(signed, "looked", "bob", "Bob", Now)],
        };
        return [.. (await ResetChecklist.EvaluateAsync(request, [trip], _facts, state ?? _state, new KillSwitchOptions(), Now)).Select(check => $"{check.Item} {check.State}")];
    }
}
