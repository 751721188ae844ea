using ActorOps.Ops.Rules;

namespace ActorOps.Ops.Tests.Rules;

public class RuleTrackerTests
{
    private readonly RuleTracker _loss = new("hourly-pnl", new RuleLimit { Warning = -0.3, Critical = -0.5, Emergency = -5 }, aboveIsBad: false, new RuleOptions());

    [Fact]
    public void It_alerts_on_the_first_critical_sample_and_acts_on_the_third()
    {
        Assert.Equal(RuleStep.Alerted, _loss.Observe(-0.6, 0, 1));
        Assert.Equal(RuleStep.None, _loss.Observe(-0.6, 10_000, 1));
        Assert.Equal(RuleStep.Confirmed, _loss.Observe(-0.6, 20_000, 1));
        Assert.Equal(RuleStep.None, _loss.Observe(-0.6, 30_000, 1));
    }

    [Fact]
    public void Two_sources_within_five_seconds_confirm_at_once_and_later_ones_do_not()
    {
        _loss.Observe(-0.6, 0, 1);
        Assert.Equal(RuleStep.Confirmed, _loss.Observe(-0.6, 4000, 2));
        var late = new RuleTracker("r", _loss.Limit, false, new RuleOptions());
        late.Observe(-0.6, 0, 1);
        Assert.Equal(RuleStep.None, late.Observe(-0.6, 6000, 2));
    }

    [Fact]
    public void A_good_sample_in_between_starts_the_count_over()
    {
        _loss.Observe(-0.6, 0, 1);
        _loss.Observe(-0.6, 1, 1);
        Assert.Equal(RuleStep.Recovered, _loss.Observe(-0.1, 2, 1));
        Assert.Equal(RuleStep.Alerted, _loss.Observe(-0.6, 3, 1));
        Assert.Equal(RuleStep.None, _loss.Observe(-0.6, 4, 1));
        Assert.Equal(RuleStep.Confirmed, _loss.Observe(-0.6, 5, 1));
    }

    [Fact]
    public void A_value_that_trembles_on_the_line_is_one_breach()
    {
        Confirm(-0.505);
        Assert.Equal(RuleStep.None, _loss.Observe(-0.495, 10, 1));
        Assert.Equal(RuleStep.None, _loss.Observe(-0.505, 11, 1));
        Assert.Equal(RuleStep.Recovered, _loss.Observe(-0.48, 12, 1));
    }

    [Fact]
    public void After_a_reset_it_acts_only_when_one_threshold_worse_or_after_a_fresh_crossing()
    {
        Confirm(-0.6);
        _loss.Rebase();
        Assert.Equal(RuleStep.None, _loss.Observe(-1.05, 100, 1));
        Assert.Equal(RuleStep.Confirmed, _loss.Observe(-1.15, 101, 1));
        _loss.Rebase();
        _loss.Observe(0, 102, 1);
        Assert.Equal(RuleStep.Confirmed, Confirm(-0.6));
    }

    [Fact]
    public void The_emergency_threshold_is_told_once()
    {
        Confirm(-0.6);
        Assert.Equal(RuleStep.Emergency, _loss.Observe(-6, 10, 1));
        Assert.Equal(RuleStep.None, _loss.Observe(-7, 11, 1));
    }

    private RuleStep Confirm(double value)
    {
        _loss.Observe(value, 0, 1);
        _loss.Observe(value, 1, 1);
        return _loss.Observe(value, 2, 1);
    }
}
