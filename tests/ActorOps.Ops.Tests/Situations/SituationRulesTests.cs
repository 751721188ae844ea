using System.Collections.Immutable;
using ActorOps.Ops.Changes;
using ActorOps.Ops.Desks;
using ActorOps.Ops.KillSwitches;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;
using ActorOps.Ops.Situations;
using ActorOps.Ops.Tests.KillSwitches;

namespace ActorOps.Ops.Tests.Situations;

public class SituationRulesTests
{
    private static readonly SituationFacts Fine = new("n1", Trips.Now)
    {
        Nodes = [new("n1", "Up", TimeSpan.Zero)],
        Desks = [new("paper", IsConnected: true)],
        TargetCount = 7,
    };

    [Fact]
    public void A_good_day_is_one_quiet_line_and_needs_nobody()
    {
        var good = SituationRules.Judge(Fine);
        Assert.Equal(("ACTIVE", "All 7 targets healthy, 1 of 1 node up, nothing tripped or held.", false, "healthy"), (good.State, good.Sentence, good.NeedsPerson, good.Health));
    }

    [Fact]
    public void A_node_that_the_store_has_not_confirmed_is_not_ACTIVE_whatever_the_levels_say()
    {
        var untrusted = SituationRules.Judge(Fine with { TrustEndedAt = Trips.Now.AddSeconds(-13.9), Desks = [new("paper", true, HasPermit: false)] });
        Assert.Equal("NO PERMITS", untrusted.State);
        Assert.Equal("node n1 gives no permits: the store has not confirmed it in time, so it is not trusted; its desks stand at REDUCE_ONLY.", untrusted.Sentence);
        Assert.Equal((Trips.Now.AddSeconds(-13.9), "actorops cluster show", true, "unhealthy"), (untrusted.Since, untrusted.Next, untrusted.NeedsPerson, untrusted.Health));
        Assert.Single(untrusted.Findings);
    }

    [Theory]
    [InlineData("firm", TradingState.Killed, "KILLED")]
    [InlineData("strategy/a", TradingState.Killed, "NO PERMITS")]
    public void The_worst_names_the_situation(string scope, TradingState level, string state)
    {
        var judged = SituationRules.Judge(Fine with { States = Board(Trips.Of(scope, level)).Current, TrustEndedAt = Trips.Now });
        Assert.Equal((state, 2), (judged.State, judged.Findings.Count));
        Assert.EndsWith("; 1 other finding.", judged.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trip_says_who_and_why_and_how_to_clear_it()
    {
        var trip = Trips.Of("strategy/a");
        var killed = SituationRules.Judge(Fine with { States = Board(trip).Current });
        Assert.Equal("strategy/a is KILLED: because (by alice-cli, cli).", killed.Sentence);
        Assert.Equal((Trips.Now, $"actorops kill reset {trip.TripId} --root-cause TEXT --reason TEXT"), (killed.Since, killed.Next));
    }

    [Fact]
    public void A_reset_that_waits_is_the_next_step_of_its_trip()
    {
        var trip = Trips.Of("strategy/a");
        var reset = new ResetRequest(Guid.NewGuid(), [trip.TripId], "fixed", "bug", null, "a", "alice", Trips.Now, Trips.Now.AddHours(4));
        var judged = SituationRules.Judge(Fine with { States = Board(trip).Current, Resets = [reset] });
        Assert.Equal($"actorops kill show {reset.ResetId}", judged.Next);
        Assert.Contains(judged.Findings, finding => finding is { Kind: FindingKinds.Approval, NeedsPerson: true } && finding.Why.Contains("within 4 h", StringComparison.Ordinal));
    }

    [Fact]
    public void A_size_cap_is_a_finding_of_its_own_and_not_ACTIVE()
    {
        var capped = SituationRules.Judge(Fine with { States = Board(Trips.Of("strategy/a", TradingState.Active, "rule:slippage-ratio") with { MaxPositionFraction = 0.005 }).Current });
        Assert.Equal(("SIZE CAP 0.5 %", true), (capped.State, capped.NeedsPerson));
        Assert.StartsWith("strategy/a has a SIZE CAP 0.5 % of AUM a position: because", capped.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recovery_needs_nobody_and_says_its_next_step()
    {
        var options = new KillSwitchOptions { RecoverySizes = [0.1, 0.25] };
        var recovering = SituationRules.Judge(Fine with { Recovery = options, States = Board(Trips.Of("strategy/a", TradingState.ReduceOnly, "recovery") with { Origin = TripOrigin.Recovery }).Current });
        Assert.Equal(("strategy/a is REDUCE_ONLY: recovers in steps; next: 10 % at 14:45 UTC.", false), (recovering.Sentence, recovering.NeedsPerson));
    }

    [Fact]
    public void A_hold_says_its_cause_and_since_when()
    {
        var board = new KillSwitchBoard();
        board.Hold(Scope.Strategy("a"), "strategy/a", TradingState.ReduceOnly, Trips.Now.AddSeconds(-34), "no pnl for 34 s");
        var held = SituationRules.Judge(Fine with { States = board.Current });
        Assert.Equal(("REDUCE_ONLY", "strategy/a is REDUCE_ONLY: held, no pnl for 34 s.", Trips.Now.AddSeconds(-34), "actorops supervisor show strategy/a"), (held.State, held.Sentence, held.Since, held.Next));
        Assert.Equal([new ScopeStanding(Scope.Strategy("a"), TradingState.ReduceOnly, "hold:strategy/a", "held, no pnl for 34 s", Trips.Now.AddSeconds(-34), "actorops supervisor show strategy/a")], SituationRules.Scopes(Fine with { States = board.Current }));
    }

    [Fact]
    public void A_desk_that_is_not_connected_comes_before_what_follows_from_it()
    {
        var board = new KillSwitchBoard();
        board.Hold(Scope.Firm, "scope/firm", TradingState.ReduceOnly, Trips.Now, "no fresh P&L of a");
        var judged = SituationRules.Judge(Fine with { Desks = [new("paper", IsConnected: false)], States = board.Current, Targets = [new(new TargetId(TargetKind.Strategy, "a"), Verdict.Unknown, "no pnl yet")] });
        Assert.Equal(("NOT CONNECTED", 3), (judged.State, judged.Findings.Count));
        Assert.StartsWith("desk paper is not connected: ", judged.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Silent", "SILENT", true)]
    [InlineData("Down", "DOWN", true)]
    [InlineData("Drained", "ACTIVE", false)]
    public void A_node_that_is_missing_needs_a_person(string member, string state, bool needs)
    {
        var judged = SituationRules.Judge(Fine with { Nodes = [.. Fine.Nodes, new("n2", member, TimeSpan.FromSeconds(75))] });
        Assert.Equal((state, needs), (judged.State, judged.NeedsPerson));
        Assert.True(!needs || judged.Sentence == $"node n2 is {state}: no heartbeat for 1 min 15 s; 1 of 2 nodes take part.", judged.Sentence);
    }

    [Fact]
    public void Every_input_makes_its_finding()
    {
        var proposed = new LimitsEvent.LimitsProposed("abc", ImmutableDictionary<string, string>.Empty, ["Drawdown.Critical: 10 -> 20 (LOOSER)"], Trips.Now);
        var change = new ChangeRequest(Guid.NewGuid(), ChangeKinds.Override, "strategy/a", "strategy/a trades without its hold", "why", "a", "alice", Trips.Now, Trips.Now.AddHours(1), 2);
        var all = SituationRules.Judge(Fine with
        {
            IsReady = false,
            TrustEndedAt = Trips.Now,
            IsLatchBroken = true,
            Stopped = ["/user/shards is Stopped"],
            Unheld = ["kill-switch"],
            UnstoredTrips = 1,
            OutboxWaits = "the database did not answer",
            Proposed = proposed,
            Changes = [change],
            Drills = ["approvers may approve at once"],
            Targets = [new(new TargetId(TargetKind.Feed, "f"), Verdict.Critical, "feed-silence 38 s (threshold 30 s)"), new(new TargetId(TargetKind.Feed, "g"), Verdict.Warning, "feed-silence 12 s (threshold 10 s)")],
        });
        string[] expected = ["approval", "drill", "latch", "outbox", "starting", "stopped", "trust", "unheld", "unstored", "verdict"];
        Assert.Equal(expected, all.Findings.Select(finding => finding.Kind).Distinct().Order());
        Assert.All(all.Findings, finding => Assert.False(string.IsNullOrEmpty(finding.Next)));
        Assert.Equal("unhealthy", all.Health);
    }

    [Fact]
    public void A_connected_desk_without_a_permit_is_told_from_one_that_has_it() =>
        Assert.Equal(("NO PERMITS", "degraded"), SituationRules.Judge(Fine with { Desks = [new("paper", true, HasPermit: false)] }) is var judged ? (judged.State, judged.Health) : default);

    [Fact]
    public void Drill_settings_and_warnings_need_nobody()
    {
        var drill = SituationRules.Judge(Fine with { Drills = ["approvers may approve at once"] });
        Assert.Equal(("ACTIVE", false, "healthy"), (drill.State, drill.NeedsPerson, drill.Health));
        Assert.EndsWith("; DRILL: approvers may approve at once.", drill.Sentence, StringComparison.Ordinal);
        var warning = SituationRules.Judge(Fine with { Targets = [new(new TargetId(TargetKind.Feed, "g"), Verdict.Warning, "feed-silence 12 s (threshold 10 s)")] });
        Assert.Equal(("Warning", false, "degraded"), (warning.State, warning.NeedsPerson, warning.Health));
    }

    private static KillSwitchBoard Board(params Trip[] trips)
    {
        var board = new KillSwitchBoard();
        board.Merge(trips, []);
        return board;
    }
}
