using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Supervisors.Monitors;

namespace ActorOps.Ops.Tests.Supervisors.Monitors;

public class ScopeMonitorTests
{
    private readonly List<RuleOutcome> _outcomes = [];
    private readonly ScopeMonitor _monitor = new(new TargetId(TargetKind.Scope, "firm"), 1_000_000, ["a", "b"], TestLimits.Create());

    [Fact]
    public void Small_losses_add_up_against_the_scopes_own_assets()
    {
        _monitor.Contribute("a", 10, 0, 0, _outcomes);
        _monitor.Contribute("b", 10, 0, 0, _outcomes);
        _monitor.Contribute("a", 10, -3000, 1, _outcomes);
        Assert.Equal(Verdict.Healthy, _monitor.Verdict);
        _monitor.Contribute("b", 10, -3000, 2, _outcomes);
        Assert.Equal(Verdict.Critical, _monitor.Verdict);
    }

    [Fact]
    public void Another_AUM_is_neither_a_gain_nor_a_loss_and_forgives_nothing()
    {
        _monitor.Contribute("a", 10, 0, 0, _outcomes);
        _monitor.Contribute("b", 10, 0, 0, _outcomes);
        _monitor.Contribute("a", 10, -3000, 1, _outcomes);
        foreach (var aum in (double[])[1e12, 1_000_000, 1000, 1_000_000])
        {
            _monitor.SetMembers(aum, ["a", "b"]);
            _monitor.Contribute("a", 10, -3000, 2, _outcomes);
            Assert.Equal(-0.3, Value("hourly-pnl"), 6);
            Assert.Equal(-0.3, Value("daily-pnl"), 6);
            Assert.Equal(0.3, Value("drawdown"), 6);
        }

        Assert.Equal(Verdict.Healthy, _monitor.Verdict);
        _monitor.Contribute("a", 10, -6000, 3, _outcomes);
        Assert.Equal(-0.6, Value("hourly-pnl"), 6);
        Assert.Equal(Verdict.Critical, _monitor.Verdict);
    }

    [Fact]
    public void A_gain_on_a_small_base_does_not_hide_a_loss_on_a_larger_one()
    {
        _monitor.SetMembers(1000, ["a", "b"]);
        _monitor.Contribute("a", 10, 0, 0, _outcomes);
        _monitor.Contribute("b", 10, 500, 1, _outcomes);
        _monitor.SetMembers(1_000_000, ["a", "b"]);
        _monitor.Contribute("a", 10, -6000, 2, _outcomes);
        Assert.Equal(-0.6, Value("hourly-pnl"), 6);
        Assert.Equal(-0.6, Value("daily-pnl"), 6);
    }

    [Fact]
    public void Who_leaves_or_joins_moves_the_sum_and_no_window()
    {
        _monitor.Contribute("a", 10, 0, 0, _outcomes);
        _monitor.Contribute("b", 10, 0, 0, _outcomes);
        _monitor.Contribute("b", 10, 50_000, 1, _outcomes);
        _monitor.SetMembers(1_000_000, ["a", "c"]);
        _monitor.Contribute("c", 10, -40_000, 2, _outcomes);
        _monitor.Contribute("a", 10, 0, 3, _outcomes);
        Assert.Equal(5, Value("hourly-pnl"), 6);
        Assert.Equal(1, Value("daily-pnl"), 6);
        Assert.Equal(0, Value("drawdown"), 6);
        _monitor.SetMembers(1_000_000, ["a", "b", "c"]);
        _monitor.Contribute("b", 10, 49_000, 4, _outcomes);
        Assert.Equal(4.9, Value("hourly-pnl"), 6);
    }

    [Fact]
    public void A_checkpoint_taken_under_another_AUM_keeps_what_was_lost()
    {
        _monitor.Contribute("a", 10, 0, 60_000, _outcomes);
        _monitor.Contribute("b", 10, 0, 60_000, _outcomes);
        _monitor.Contribute("a", 10, -3000, 60_001, _outcomes);
        var later = new ScopeMonitor(new TargetId(TargetKind.Scope, "firm"), 500_000, ["a", "b"], TestLimits.Create());
        later.Restore(_monitor.Save(60_002, 60_002)!, 60_003, 60_003);
        later.Contribute("a", 10, -3000, 60_004, _outcomes);
        later.Contribute("b", 10, 0, 60_004, _outcomes);
        Assert.Equal(-0.3, later.Rules.First(rule => rule.Name == "hourly-pnl").Value, 6);
        Assert.Equal(-0.3, later.Rules.First(rule => rule.Name == "daily-pnl").Value, 6);
    }

    private double Value(string rule) => _monitor.Rules.First(candidate => candidate.Name == rule).Value;

    [Fact]
    public void It_is_unknown_while_a_member_is()
    {
        _monitor.Contribute("a", 10, 0, 0, _outcomes);
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
        Assert.Contains("b", _monitor.Reasons.First().Note, StringComparison.Ordinal);
        _monitor.Contribute("b", 10, 0, 0, _outcomes);
        Assert.Equal(Verdict.Healthy, _monitor.Verdict);
        _monitor.SetMembers(1_000_000, ["a", "b", "c"]);
        _monitor.Tick(1, _outcomes);
        Assert.Equal(Verdict.Unknown, _monitor.Verdict);
    }
}
