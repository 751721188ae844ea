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
